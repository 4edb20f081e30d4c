"""What a file is, by its first bytes; names and what a browser says count for nothing. Pure."""

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
HEIC, TIFF, PDF = "image/heic", "image/tiff", "application/pdf"

PICTURES = frozenset({JPEG, PNG, WEBP, HEIC, TIFF})
ACCEPTED = PICTURES | {PDF}

HEAD_BYTES = 64

# ISO/IEC 23008-12 Annex B: the brands of HEVC-coded still pictures; AV1 (`avif`) is not among them
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
BLANK = b"\xef\xbb\xbf \t\r\n\f"  # A byte order mark and white space, which some programs write before a PDF


def content_type_of(head: bytes) -> str | None:
    """Return the type of a file that starts with `head` (HEAD_BYTES are enough), or None if we do not take it."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return TIFF
    if head[4:8] == b"ftyp" and _is_heic(head):
        return HEIC
    return PDF if head.lstrip(BLANK).startswith(b"%PDF-") else None


def _is_heic(head: bytes) -> bool:
    """Tell whether the `ftyp` box names a HEIC brand, as the major one or among the compatible ones."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}
    return bool(brands & HEIC_BRANDS) and b"avif" not in brands
