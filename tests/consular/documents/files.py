"""Real files, good and hostile, made in code. Each function returns the bytes of one."""

import functools
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms, ImageDraw, ImageFont

A4 = (595, 842)
OCR_B = Path(__file__).resolve().parents[3] / "assets/fonts/embassy-ocr-b.ttf"

# Pictures


def drawing(size: tuple[int, int] = (120, 160), mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left quarter is dark: one can see how it is turned."""
    image = Image.new("RGB", size, (230, 225, 220))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(40, 20, 60))
    return image.convert(mode, dither=Image.Dither.NONE)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (120, 160), mode: str = "RGB", **options: Any) -> bytes:
    return saved(drawing(size, mode), "JPEG", **options)


def jpeg_with_metadata() -> bytes:
    """Return one with a place (GPS), a camera, a comment, and a text that must be nowhere afterwards."""
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825)[2] = (51.0, 28.0, 40.0)
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0CANARY-NOTE"
    return jpeg(exif=exif, comment=b"CANARY-COMMENT <script>alert(1)</script>")


def jpeg_held_sideways(orientation: int = 6) -> bytes:
    """Upright (120 × 160) only once the camera's orientation is applied."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(drawing().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


def jpeg_with_broken_metadata() -> bytes:
    return jpeg(exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff")


def noise(size: tuple[int, int] = (300, 400), seed: int = 1) -> Image.Image:
    """Detail at every scale, as natural pictures have it: each octave of noise weighs as much as the next."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    image = Image.new("L", size, 128)
    for scale in (1, 2, 4, 8, 16, 32):
        small = (max(2, size[0] // scale), max(2, size[1] // scale))
        layer = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
        image = Image.blend(image, layer.resize(size, Image.Resampling.BICUBIC), 0.22)
    return image.point(lambda value: min(255, max(0, (value - 128) * 3 + 140))).convert("RGB")


def data_page(*lines: str, scale: float = 10) -> bytes:
    """Return a passport's data page (125 × 88 mm, `scale` pixels a millimetre) with its lines in OCR-B."""
    page = Image.new("RGB", (int(125 * scale), int(88 * scale)), (236, 232, 222))
    draw = ImageDraw.Draw(page)
    draw.rectangle((5 * scale, 18 * scale, 40 * scale, 63 * scale), fill=(120, 130, 150))
    # ICAO Doc 9303-4 §4.2: OCR-B size 1, 2.54 mm from character to character
    font = ImageFont.truetype(str(OCR_B), 100)
    font = ImageFont.truetype(str(OCR_B), 100 * 2.54 * scale / font.getlength("<"))
    for number, line in enumerate(lines):
        draw.text((6 * scale, (68 + 8 * number) * scale), line, font=font, fill=(25, 25, 30))
    return saved(page, "JPEG", quality=90)


def truncated(content: bytes, share: float = 0.6) -> bytes:
    return content[: int(len(content) * share)]


def heic(size: tuple[int, int] = (120, 160)) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(drawing(size)).save(out, quality=80)
    return out.getvalue()


def animated(form: str = "PNG") -> bytes:
    first, second = drawing(), drawing().transpose(Image.Transpose.ROTATE_180)
    return saved(first, form, save_all=True, append_images=[second])


def tiff(pages: int = 1, mode: str = "RGB") -> bytes:
    first, *others = [drawing((40, 60), mode) for _ in range(pages)]
    return saved(first, "TIFF", save_all=True, append_images=others)


def sixteen_bit_png() -> bytes:
    """Return a grey ramp of 16 bits a sample: from black on the left to white on the right."""
    rows = b"".join(b"\0" + b"".join(struct.pack(">H", x * 656) for x in range(100)) for _ in range(50))
    return png_of(100, 50, rows, depth=16, colour=0)


def png_of(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    """Return a PNG put together by hand; what the header claims need not be so."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@functools.cache
def pixel_flood() -> bytes:
    """40 000 × 40 000 pixels of nothing in less than two megabytes."""
    row = b"\0" + bytes(40_000 // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row * 100) for _ in range(400)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png_whose_header_lies() -> bytes:
    """Claims 5000 × 5000 pixels and holds a hundred bytes."""
    return png_of(5000, 5000, bytes(100))


def jpeg_with_profile() -> bytes:
    return jpeg(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


# PDFs


def pdf(pages: int = 1, size: tuple[int, int] = A4, **options: Any) -> bytes:
    """Pages with a dark square in the upper left corner."""
    made = Pdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=size)
        page.Contents = made.make_stream(
            f"0.2 g 0 {size[1] // 2} {size[0] // 2} {size[1] // 2} re f".encode()
        )
    return written(made, **options)


def written(made: Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def locked_pdf(*, user: str, owner: str = "owner") -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def pdf_that(**catalog: Any) -> bytes:
    """One page, and something in the catalog: `pdf_that(OpenAction=javascript())`."""
    made = Pdf.new()
    made.add_blank_page(page_size=A4)
    for key, value in catalog.items():
        made.Root[f"/{key}"] = value
    return written(made)


def javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('CANARY')"))


def pdf_with_hidden_script() -> bytes:
    """JavaScript in an annotation's action, with its name written in hexadecimal, in a compressed object stream."""
    made = Pdf.new()
    page = made.add_blank_page(page_size=A4)
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.JavaScript, JS=String("1"))
    )
    page.Annots = Array([made.make_indirect(link)])
    return written(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_that_launches() -> bytes:
    return pdf_that(OpenAction=Dictionary(S=Name.Launch, F=String("calc.exe")))


def pdf_that_submits() -> bytes:
    return pdf_that(AA=Dictionary(WC=Dictionary(S=Name.SubmitForm, F=String("https://example.org/"))))


def pdf_with_attachment() -> bytes:
    made = Pdf.new()
    made.add_blank_page(page_size=A4)
    made.attachments["virus.exe"] = b"MZ CANARY"
    return written(made)


def filled_form() -> bytes:
    """Return a form whose one field is filled in with a blue bar."""
    made = Pdf.new()
    page = made.add_blank_page(page_size=A4)
    look = made.make_stream(
        b"0 0 1 rg 0 0 200 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 40]
    )
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Shirin"), F=4,
            Rect=[100, 700, 300, 740], AP=Dictionary(N=look),
        )
    )  # fmt: skip
    page.Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]))
    return written(made)


def pdf_bomb() -> bytes:
    """Return a page whose few kilobytes of content become 600 megabytes."""
    made = Pdf.new()
    page = made.add_blank_page(page_size=A4)
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S " * 70_000
    content = b"".join(packer.compress(block) for _ in range(600)) + packer.flush()
    stream = made.make_stream(b"")
    stream.write(content, filter=Name.FlateDecode)
    page.Contents = stream
    return written(made, compress_streams=False)


def deep_pdf() -> bytes:
    """Return a PDF with an array 100 000 deep."""
    body = b"[" * 100_000 + b"]" * 100_000
    return pdf().replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + body)


def pdf_whose_pages_go_in_circles() -> bytes:
    objects = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        b"2 0 obj <</Type/Pages/Count 3/Kids[3 0 R]>> endobj",
        b"3 0 obj <</Type/Pages/Count 3/Parent 2 0 R/Kids[2 0 R]>> endobj",
    ]
    body, places = b"%PDF-1.4\n", []
    for each in objects:
        places.append(len(body))
        body += each + b"\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer <</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


# What is neither


def exe() -> bytes:
    return b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode." + bytes(500)


def html() -> bytes:
    return b"<!doctype html><script>alert(document.cookie)</script>"


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'


def html_before_pdf() -> bytes:
    return html() + pdf()


def zip_bomb(inner: int = 50_000_000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(inner))
    return out.getvalue()


def named_pdf_but_zip() -> bytes:
    """Return a PDF's first line, then a zip archive full of zeros."""
    return b"%PDF-1.7\n" + zip_bomb()


def with_tail(content: bytes) -> bytes:
    """Return a picture that is a zip archive too, with a program behind it."""
    return content + b"<?php echo 'CANARY'; ?>" + zip_bomb(1000)


def mutated(content: bytes, seed: int) -> bytes:
    """Return the file with some bytes changed, cut out or doubled, its first sixteen left as they are."""
    chance, changed = random.Random(seed), bytearray(content)  # noqa: S311 - no secret
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(16, len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2:
                changed[at:at] = changed[max(0, at - 50) : at]
            case _:
                changed[at : at + 4] = b"\xff\xff\xff\x7f"
        if len(changed) < 40:
            break
    return bytes(changed)
