"""What the child makes of real files, good and hostile. No database: bytes in, pictures out."""

import io
import json
import platform
import subprocess
import sys
import time

import pytest
from PIL import Image

from consular.documents import cleaning
from consular.documents.cleaning import SandboxError, TimedOutError, cleaned
from consular.documents.sandbox.confinement import MACHINES
from consular.documents.sandbox.protocol import Request
from tests.consular.documents import files

REQUEST = {"max_pages": 30, "max_pixels": 60_000_000, "today": "2026-11-24"}


def taken_apart(content, kind="supporting", **limits):
    """Return (report, pages as Pillow pictures, all bytes that came out)."""
    request = Request(**{"kind": kind, **REQUEST, **limits})
    with cleaned(io.BytesIO(content), request) as answer:
        images = [page.image() for page in answer.pages]
        everything = b"".join(images + [page.thumbnail() for page in answer.pages])
        return answer.report, [Image.open(io.BytesIO(each)) for each in images], everything


def is_dark(picture, x, y):
    """Tell whether a place, in shares of width and height, is dark."""
    grey = picture.convert("L")
    return grey.getpixel((int(x * grey.width), int(y * grey.height))) < 100


def looks_like_the_drawing(picture):
    return [is_dark(picture, x, y) for x, y in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (files.jpeg(), "image/jpeg"),
        (files.jpeg(mode="L"), "image/jpeg"),
        (files.jpeg(mode="CMYK"), "image/jpeg"),
        (files.jpeg(progressive=True), "image/jpeg"),
        (files.jpeg_held_sideways(), "image/jpeg"),
        (files.jpeg_with_broken_metadata(), "image/jpeg"),
        (files.saved(files.drawing(), "PNG"), "image/png"),
        (files.saved(files.drawing(mode="P"), "PNG"), "image/png"),
        (files.saved(files.drawing(mode="1"), "PNG"), "image/png"),
        (files.saved(files.drawing(), "WEBP"), "image/webp"),
        (files.saved(files.drawing(mode="CMYK"), "TIFF"), "image/tiff"),
        (files.tiff(mode="1"), "image/tiff"),
        (files.heic(), "image/heic"),
        (files.pdf(), "application/pdf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_accepted_type_becomes_an_upright_jpeg(content, content_type):
    report, [picture], _ = taken_apart(content)
    assert (report.content_type, report.refusal) == (content_type, "")
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert looks_like_the_drawing(picture)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (files.truncated(files.jpeg()), "damaged"),
        (files.truncated(files.saved(files.noise(), "PNG")), "damaged"),
        (files.truncated(files.heic()), "damaged"),
        (files.truncated(files.tiff(), 0.3), "damaged"),
        (files.png_whose_header_lies(), "damaged"),
        (b"\xff\xd8\xff" + bytes(7), "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (files.named_pdf_but_zip(), "damaged"),
        (files.pdf_whose_pages_go_in_circles(), "damaged"),
        (b"0123456789", "not_accepted"),
        (files.exe(), "not_accepted"),
        (files.html(), "not_accepted"),
        (files.html_before_pdf(), "not_accepted"),
        (files.svg(), "not_accepted"),
        (files.zip_bomb(), "not_accepted"),
        (files.saved(files.drawing(), "GIF"), "not_accepted"),
        (files.locked_pdf(user="secret"), "locked"),
        (files.pdf(500), "too_many_pages"),
        (files.tiff(31), "too_many_pages"),
        (files.pixel_flood(), "too_many_pixels"),
        (files.png_of(65_535, 65_535, b""), "too_many_pixels"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(content, refusal):
    report, pages, everything = taken_apart(content)
    assert report.refusal == refusal
    assert (pages, everything) == ([], b"")


def test_refusals_come_with_their_figures():
    assert taken_apart(files.pdf(500))[0].figures == {"pages": 500, "limit": 30}
    assert taken_apart(files.pixel_flood())[0].figures == {
        "width": 40_000,
        "height": 40_000,
        "limit": 60_000_000,
    }


def test_a_content_that_inflates_without_end_is_stopped():
    began = time.monotonic()
    assert taken_apart(files.pdf_bomb(), cpu_seconds=1)[0].refusal == "too_complex"
    assert time.monotonic() - began < 20


def test_a_picture_that_needs_more_memory_than_there_is_is_refused():
    flat = files.png_of(7000, 7000, b"".join(b"\0" + bytes(7000 * 3) for _ in range(7000)))
    assert taken_apart(flat, memory=250_000_000)[0].refusal == "too_complex"


def test_nothing_of_the_metadata_is_left():
    content = files.jpeg_with_metadata()
    assert content.count(b"CANARY") == 3
    report, [picture], everything = taken_apart(content)
    assert report.refusal == ""
    assert not picture.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
    assert b"CANARY" not in everything
    assert b"Exif" not in everything


def test_what_hangs_behind_a_picture_is_cut_off():
    report, [picture], everything = taken_apart(files.with_tail(files.jpeg()))
    assert report.refusal == ""
    assert looks_like_the_drawing(picture)
    assert b"CANARY" not in everything
    assert b"PK\x03\x04" not in everything


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_s_orientation_is_applied(orientation):
    from consular.documents.sandbox import pictures

    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = files.drawing()
    for undo in {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}.get(orientation, []):
        turned = turned.transpose(undo)
    content = files.saved(turned, "JPEG", exif=exif)
    [leaf] = pictures.leaves(content, "image/jpeg", Request(kind="photo", **REQUEST))
    assert (leaf.width, leaf.height) == (120, 160)
    assert looks_like_the_drawing(leaf.picture)


def test_an_orientation_that_is_no_number_is_ignored():
    assert looks_like_the_drawing(taken_apart(files.jpeg_held_sideways(77))[1][0].rotate(-90, expand=True))


def test_sixteen_bits_are_scaled_and_not_cut_off():
    _, [picture], _ = taken_apart(files.sixteen_bit_png())
    grey = picture.convert("L")
    assert abs(grey.getpixel((25, 25)) - 64) < 12
    assert abs(grey.getpixel((75, 25)) - 191) < 12


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    _, [picture], _ = taken_apart(files.saved(clear, "PNG"))
    assert min(picture.getextrema()[0]) > 250


def test_a_colour_profile_is_applied_and_dropped():
    report, [picture], _ = taken_apart(files.jpeg_with_profile())
    assert report.refusal == ""
    assert "icc_profile" not in picture.info
    assert looks_like_the_drawing(picture)


def test_a_broken_colour_profile_is_ignored():
    assert looks_like_the_drawing(taken_apart(files.jpeg(icc_profile=b"no profile at all"))[1][0])


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(form):
    report, [picture], everything = taken_apart(files.animated(form))
    assert report.findings == [{"code": "animated"}]
    assert looks_like_the_drawing(picture)
    assert b"acTL" not in everything


def test_all_pages_of_a_tiff_and_a_pdf_are_drawn_in_order():
    report, pages, _ = taken_apart(files.tiff(3))
    assert (report.refusal, len(pages)) == ("", 3)
    assert all(looks_like_the_drawing(page) for page in pages)
    assert len(taken_apart(files.pdf(3))[1]) == 3


def test_pages_and_thumbnails_are_no_larger_than_asked():
    with cleaned(io.BytesIO(files.jpeg((5000, 300))), Request(kind="supporting", **REQUEST)) as answer:
        [page] = answer.pages
        assert (page.width, page.height) == (2400, 144)
        assert Image.open(io.BytesIO(page.image())).size == (2400, 144)
        assert max(Image.open(io.BytesIO(page.thumbnail())).size) == 320


@pytest.mark.parametrize("size", [(3, 3), (14_400, 14_400), (3, 2000)])
def test_pdf_pages_of_odd_sizes_fit(size):
    _, [picture], _ = taken_apart(files.pdf(size=size))
    assert max(picture.size) <= 2400


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        (files.pdf(), []),
        (files.pdf_that(OpenAction=files.javascript()), ["pdf_script"]),
        (files.pdf_with_hidden_script(), ["pdf_script"]),
        (files.pdf_that_launches(), ["pdf_launch"]),
        (files.pdf_that_submits(), ["pdf_submits"]),
        (files.pdf_with_attachment(), ["pdf_attachment"]),
        (files.filled_form(), ["pdf_form"]),
        (files.locked_pdf(user=""), ["pdf_restricted"]),
        (files.truncated(files.pdf(3), 0.9), ["pdf_repaired"]),
    ],
)
def test_what_a_pdf_would_do_is_found_and_gone(content, findings):
    report, pages, everything = taken_apart(content)
    codes = [each["code"] for each in report.findings if each["code"] != "page_blank"]
    assert (report.refusal, codes) == ("", findings)
    assert pages
    assert b"CANARY" not in everything


def test_a_filled_form_is_drawn_with_what_was_filled_in():
    _, [picture], _ = taken_apart(files.filled_form())
    x, y = 200 / 595, 1 - 720 / 842
    red, _, blue = picture.getpixel((int(x * picture.width), int(y * picture.height)))
    assert blue > 200 > red


def test_an_array_a_hundred_thousand_deep_harms_nobody():
    assert taken_apart(files.deep_pdf())[0].refusal in {"", "damaged", "too_complex"}


def test_a_photo_is_measured():
    content = files.saved(files.noise((900, 1200)), "JPEG", quality=92)
    report, _, _ = taken_apart(content, kind="photo")
    assert (report.measures["width"], report.measures["height"]) == (900, 1200)
    assert 60 < report.measures["brightness"] < 235
    assert report.measures["sharpness"] > 40


def test_a_blurred_photo_measures_less_sharp_than_the_same_in_focus():
    from PIL import ImageFilter

    from consular.documents.sandbox.measure import measure

    focused = files.noise((900, 1200))
    blurred = focused.filter(ImageFilter.GaussianBlur(4))
    assert measure(blurred, 900, 1200)["sharpness"] < 20
    assert measure(focused, 900, 1200)["sharpness"] > 40
    assert measure(Image.new("RGB", (9, 9)), 9, 9)["sharpness"] == 0


def test_a_passport_page_without_a_zone_gets_advice():
    report, [_], _ = taken_apart(files.jpeg((800, 1000)), kind="passport")
    assert report.refusal == ""
    [finding] = report.findings
    assert finding["code"] == "mrz_not_read"
    assert "no_zone" in finding["advice"]
    assert report.fields == {}


SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)  # Doc 9303-4


def test_a_passport_page_is_read():
    report, [_], _ = taken_apart(files.data_page(*SPECIMEN), kind="passport")
    assert report.findings == []
    assert report.fields == {
        "surname": "ERIKSSON", "given_names": "ANNA MARIA", "number": "L898902C3", "nationality": "UTO",
        "birth_on": "1974-08-12", "sex": "F", "expires_on": "2012-04-15", "issuing_state": "UTO", "lines": list(SPECIMEN),
    }  # fmt: skip


# The walls


def confined(code, **limits):
    """Run Python in a confined process and return what it printed."""
    settings = {"cpu_seconds": 5, "memory": 1_000_000_000, "output": 1_000_000, **limits}
    script = f"from consular.documents.sandbox.confinement import confine\nconfine(**{settings})\n{code}"
    result = subprocess.run(
        [sys.executable, "-P", "-c", script],
        env=cleaning.environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return result.stdout.strip() or result.stderr.strip().rpartition("\n")[2]


def has_landlock():
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0


needs_landlock = pytest.mark.skipif(not has_landlock(), reason="This kernel has no Landlock.")


@needs_landlock
def test_the_child_reads_no_file_of_ours_and_writes_none(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    assert "PermissionError" in confined(f"open({str(secret)!r})")
    assert "PermissionError" in confined(f"open({str(tmp_path / 'new')!r}, 'w')")
    assert "PermissionError" in confined("open('/etc/passwd')")
    assert "PermissionError" in confined(f"import os; os.listdir({str(cleaning.ROOT)!r})")


def test_the_child_has_no_network():
    code = """
import socket
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=2)
    print("connected")
except OSError:
    print("cut off")
"""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        assert confined(code.format(port=server.getsockname()[1])) == "cut off"


@pytest.mark.skipif(platform.machine() not in MACHINES, reason="We do not know this machine's system calls.")
def test_the_child_reaches_no_socket_that_is_a_file(tmp_path):
    """The database's own is one, and asks for no password."""
    import socket

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "database"))
        server.listen()
        reach = f"import socket; socket.socket(socket.AF_UNIX).connect({str(tmp_path / 'database')!r})"
        assert "PermissionError" in confined(reach)
    assert confined("import ctypes; print(ctypes.CDLL(None).syscall(425, 1, None))") == "-1"


def test_the_child_is_stopped_by_its_limits():
    assert confined("bytearray(2_000_000_000)") == "MemoryError"
    began = time.monotonic()
    assert confined("while True: pass", cpu_seconds=1) == ""
    assert time.monotonic() - began < 20


def test_the_child_learns_no_secret(monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    assert not [name for name in cleaning.environment() if name.startswith(("PORTAL", "DJANGO"))]


def test_the_child_knows_no_django():
    code = """
import sys
import consular.documents.sandbox.__main__, consular.documents.sandbox.pdfs, consular.documents.sandbox.passports
print([name for name in sys.modules if name.split(".")[0] in {"django", "numpy", "cv2", "celery", "psycopg"}])
"""
    result = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=cleaning.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"


def sandbox_that(monkeypatch, code):
    """Let the child be a program of ours instead."""
    monkeypatch.setattr(cleaning, "command", lambda request: [sys.executable, "-c", code])


def test_a_child_that_hangs_is_killed_and_the_file_is_not_blamed(monkeypatch):
    sandbox_that(monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()
    with (
        pytest.raises(TimedOutError),
        cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST), wall_seconds=0.5),
    ):
        pass
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json\n",
        b"[]\n",
        b'{"report": {}}\n',
        b'{"report": {"content_type": "", "refusal": "", "figures": {}, "findings": [], "fields": {}, "measures": {}}}\n',
        b'{"width": 9, "height": 9, "image": 5, "thumbnail": 5}\nhelloworld',
        b'{"width": -1, "height": 9, "image": 5, "thumbnail": 5}\n',
        b'{"width": 9000, "height": 9, "image": 5, "thumbnail": 5}\n',
        b'{"width": true, "height": 9, "image": 5, "thumbnail": 5}\n',
        b"{" * 70_000,
    ],
)
def test_an_answer_that_is_not_one_of_ours_is_not_believed(monkeypatch, answer):
    sandbox_that(
        monkeypatch, f"import sys; sys.stdout.buffer.write({answer[:200]!r} * {max(1, len(answer) // 200)})"
    )
    with pytest.raises(SandboxError), cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST)):
        pass


def test_a_page_that_is_no_jpeg_is_not_believed(monkeypatch):
    report = {
        "content_type": "image/jpeg",
        "refusal": "",
        "figures": {},
        "findings": [],
        "fields": {},
        "measures": {},
    }
    frames = (
        b'{"width": 9, "height": 9, "image": 6, "thumbnail": 6}\n<html></html'
        + json.dumps({"report": report}).encode()
        + b"\n"
    )
    sandbox_that(monkeypatch, f"import sys; sys.stdout.buffer.write({frames!r})")
    with pytest.raises(SandboxError), cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST)) as answer:
        answer.pages[0].image()


def test_a_mistake_of_ours_is_told_by_kind_and_place_without_the_file_s_content(monkeypatch):
    monkeypatch.setattr(Request, "to_text", lambda self: '{"kind": "CANARY"}')
    with pytest.raises(SandboxError) as caught, cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST)):
        pass
    assert "TypeError at protocol.py" in str(caught.value)
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "blamed"), [("SIGSEGV", True), ("SIGXCPU", True), ("SIGKILL", False), ("SIGTERM", False)]
)
def test_a_crash_is_the_file_s_fault_and_a_kill_is_not(monkeypatch, name, blamed):
    sandbox_that(monkeypatch, f"import os, signal; os.kill(os.getpid(), signal.{name})")
    if blamed:
        with cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST)) as answer:
            assert answer.report.refusal == "too_complex"
    else:
        with pytest.raises(SandboxError), cleaned(io.BytesIO(b"x"), Request(kind="photo", **REQUEST)):
            pass
