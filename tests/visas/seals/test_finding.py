"""Seals in files of every kind, and files that are meant to do harm."""

import io
import json
import random

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from consular.lib.seal import carrying
from tests.consular.lib.seal.samples import sealed
from visas.seals import finding
from visas.seals.finding import UnreadableError, believable, seals_in

SEAL = sealed()
DATA_MATRIX, QR, AZTEC = (getattr(zxingcpp.BarcodeFormat, name) for name in ("DataMatrix", "QRCode", "Aztec"))


def code(content=SEAL, kind=DATA_MATRIX, scale=6):
    drawn = zxingcpp.create_barcode(content, kind)
    return Image.fromarray(zxingcpp.write_barcode_to_image(drawn, scale=scale, add_quiet_zones=True))


def page(*codes, size=(1240, 1754)):
    sheet = Image.new("L", size, 255)
    for place, each in enumerate(codes):
        sheet.paste(each, (100, 100 + 500 * place))
    return sheet


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def pdf(*pages):
    return saved(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)


@pytest.fixture
def seals(tmp_path):
    def of(content, **options):
        (tmp_path / "file").write_bytes(content)
        return seals_in(tmp_path / "file", **options)

    return of


@pytest.mark.parametrize(
    "content",
    [
        saved(code(), "PNG"),
        saved(code(), "JPEG", quality=35),
        saved(code().convert("1"), "PNG"),
        saved(code().convert("RGB"), "TIFF"),
        saved(code().rotate(2.5, fillcolor=255, expand=True), "PNG"),
        saved(code().filter(ImageFilter.GaussianBlur(1)), "PNG"),
        saved(code(kind=AZTEC), "PNG"),
        saved(code(f"HTTPS://EMBASSY.EXAMPLE/V#{carrying.fragment(SEAL)}", QR), "PNG"),
        pdf(page(code())),
        pdf(page(), page(code())),
    ],
)
def test_a_seal_is_found_in_pictures_and_papers(seals, content):
    assert seals(content) == [SEAL]


def test_a_seal_that_is_printed_twice_is_found_once(seals):
    as_address = code(f"HTTPS://EMBASSY.EXAMPLE/V#{carrying.fragment(SEAL)}", QR)
    assert seals(pdf(page(code(), as_address), page(code()))) == [SEAL]


def test_two_seals_are_two(seals):
    other = sealed(reference="1A2C")
    assert sorted(seals(pdf(page(code(), code(other))))) == sorted([SEAL, other])


def test_codes_of_something_else_are_passed_over(seals):
    assert seals(saved(page(code("https://example.org/", QR), code()), "PNG")) == [SEAL]
    with pytest.raises(UnreadableError):
        seals(saved(page(code("https://example.org/", QR)), "PNG"))


def test_other_files_are_taken_for_the_seal_itself(seals):
    assert seals(SEAL) == [SEAL]
    assert seals(b"") == [b""]


def test_hexadecimal_may_have_spaces_and_lines(seals):
    text = SEAL.hex().upper()
    assert seals(f"{text[:10]} {text[10:20]}\n{text[20:]}\n".encode(), in_hex=True) == [SEAL]
    for wrong in (b"zz", b"d", SEAL, "é".encode()):
        with pytest.raises(UnreadableError):
            seals(wrong, in_hex=True)


def noise(side):
    return Image.frombytes("L", (side, side), random.Random(1).randbytes(side * side))  # noqa: S311


def animation():
    frames = [Image.new("L", (50, 50), shade) for shade in (0, 100, 200)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    "content",
    [
        animation(),
        saved(Image.new("1", (30_000, 30_000)), "PNG"),
        saved(Image.new("L", (7100, 7100), 255), "PNG"),
        saved(noise(2000), "PNG"),
        saved(code(), "PNG")[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"%PDF-1.7\n%%EOF",
        pdf(*[page(size=(100, 100))] * 31),
        pdf(*[page(size=(100, 100))] * 30),
    ],
    ids=[
        "animated GIF", "900 megapixels in 100 kB", "50 white megapixels", "noise", "cut", "no picture", "no PDF",
        "31 pages", "30 pages",
    ],
)  # fmt: skip
def test_files_without_a_seal_get_an_answer(seals, content):
    with pytest.raises(UnreadableError):
        seals(content)


def test_fifty_megapixels_are_read(seals):
    sheet = page(code(scale=40), size=(7100, 7100))
    assert seals(saved(sheet, "JPEG")) == [SEAL]


def test_the_last_of_thirty_pages_is_read(seals):
    assert seals(pdf(*[page(size=(100, 100))] * 29, page(code()))) == [SEAL]


def test_what_is_missing_is_unreadable(tmp_path):
    for path in (tmp_path / "missing", tmp_path, tmp_path / "nul\0"):
        with pytest.raises(UnreadableError):
            seals_in(path)


def test_what_takes_too_long_is_unreadable(seals, monkeypatch):
    monkeypatch.setattr(finding, "WALL_SECONDS", 0.01)
    with pytest.raises(UnreadableError):
        seals(saved(code(), "PNG"))


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"{}", b'{"codes": null}', b'{"codes": [1]}', b'{"codes": ["xx"]}', b'{"codes": ["abc"]}',
     b'{"codes": [""]}', b"[" * 100_000, json.dumps({"codes": ["00" * 4097]}).encode()],
)  # fmt: skip
def test_an_answer_that_is_none_of_our_childs_is_not_believed(answer):
    with pytest.raises(UnreadableError):
        believable(answer)
