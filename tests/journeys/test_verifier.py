"""Somebody without a connection checks visas with the page that their browser has kept."""

import datetime as dt
import io

import pikepdf
import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image

from consular.lib import mrz
from consular.lib.seal import carrying, visa
from consular.lib.seal.features import Feature
from consular.lib.seal.visa import SECOND_LINE, Visa
from tests.consular.lib.seal.samples import HOLDER
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.traveller import Visitor
from visas.registry import actions
from visas.registry.status import REVOKED
from visas.seals import signing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": (360, 740), "desk": (1280, 800)}
KEPT = "This page is kept on this device and works without a connection."


def made(number="V1234567", *, days=60, mark=None, passport="A12345678"):
    """Return a seal of ours, of a visa that has a place in the status list."""
    today = timezone.localdate()
    place = actions.allot(number)
    if mark is not None:
        actions.set_status(number, mark, by=None, reason="")
    lines = mrz.mrv_b(**{**HOLDER, "number": number, "expiry": today + dt.timedelta(days=days)})
    said = Visa(
        zone=(lines[0], lines[1][:SECOND_LINE]), duration=(30, 0, 0), passport_number=passport, entries=0
    )
    status = Feature(0x90, place[0].to_bytes(2, "big") + place[1].to_bytes(3, "big"))
    return signing.seal(visa.encode(said, [status]), country="QVX", issued_on=today)[0]


def forged(seal):
    """Allow ninety days instead of thirty: one byte."""
    return seal.replace(b"\x04\x03\x1e", b"\x04\x03\x5a")


def picture(seal):
    code = zxingcpp.create_barcode(seal, zxingcpp.BarcodeFormat.DataMatrix)
    drawn = Image.fromarray(code.to_image(scale=4, add_quiet_zones=True)).convert("L")
    page = Image.new("L", (1200, 900), 255)
    page.paste(drawn, (400, 300))
    kept = io.BytesIO()
    page.rotate(2.5, fillcolor=255).save(kept, "JPEG", quality=60)
    return {"name": "visa.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def paper(seal):
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["evisa-seal.bin"] = pikepdf.AttachedFileSpec(
        document, seal, filename="evisa-seal.bin"
    )
    kept = io.BytesIO()
    document.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {"name": "visa.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}


class Checker(Visitor):
    """Has opened the page once, with a connection."""

    def arrive(self):
        self.page.goto(f"{self.site}/v/{self.language}/")
        self.page.get_by_text(self.says(KEPT)).wait_for()
        self.look()

    def goes_off_line(self):
        self.context.set_offline(True)
        self.asked = []
        self.page.on("response", self.note)

    def note(self, answer):
        self.asked.append(answer)

    @property
    def sent(self):
        """What has left the device since: answers that its own service worker did not give."""
        return [each.url for each in self.asked if not each.from_service_worker]

    def shows(self, seal):
        if self.page.locator("#again").is_visible():
            self.page.locator("#again").click()
        details = self.page.locator("details:has(#hex)")
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        self.page.fill("#hex", seal.hex())
        self.page.locator("#hex-form button").click()
        return self.verdict()

    def chooses(self, file):
        if self.page.locator("#again").is_visible():
            self.page.locator("#again").click()
        self.page.set_input_files("#file", files=[file])
        return self.verdict()

    def verdict(self):
        self.page.locator("#verdict h2").wait_for()
        return self.page.locator("#verdict").get_attribute("data-outcome")

    def compares(self, number, nationality):
        self.page.fill("#passport", number)
        self.page.fill("#nationality", nationality)
        self.page.locator("#compare-form button").click()
        return self.verdict()


@pytest.fixture
def checker(browser, address):
    opened = []

    def arrive(language="en", *, size="phone", **how):
        person = Checker(browser, address, language, **{"javascript": True, **how}, size=SIZES[size])
        opened.append(person)
        return person

    yield arrive
    for person in opened:
        person.leave()


def test_with_the_network_cut_every_verdict_is_right_and_nothing_is_sent(checker):
    good, revoked = made(), made("V7654321", mark=REVOKED)
    ended = made("V1111111", days=-1)
    border = checker()
    border.arrive()
    border.goes_off_line()

    assert border.shows(good) == "IN_FORCE"
    assert border.page.locator("[data-field=passport]").inner_text() == "A12345678"
    border.picture("verifier-good")
    border.look()
    assert border.compares("A1234567-8", "irn") == "IN_FORCE_FOR_PASSPORT"
    assert border.compares("B12345678", "IRN") == "SEAL_PASSPORT_MISMATCH"
    border.picture("verifier-passport")
    assert border.shows(forged(good)) == "INVALID_SIGNATURE"
    assert border.page.get_by_role("heading", name="What the seal claims, without proof").is_visible()
    border.picture("verifier-forged")
    assert border.shows(revoked) == "REVOKED"
    assert border.shows(ended) == "ENDED"
    assert border.shows(good[:-1]) == "WRONG_FORMAT"
    assert border.asked == []

    assert border.chooses(picture(good)) == "IN_FORCE"
    assert border.chooses(paper(good)) == "IN_FORCE"
    assert border.chooses(paper(forged(good))) == "INVALID_SIGNATURE"
    assert border.chooses({"name": "x.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}) == "READ_ERROR"
    assert border.sent == []

    border.page.goto(f"{border.site}/v#{carrying.fragment(good)}")
    assert border.verdict() == "IN_FORCE"
    assert "#" not in border.page.url
    border.page.get_by_role("link", name="فارسی").click()
    border.page.wait_for_url("**/v/fa/*")
    assert border.verdict() == "IN_FORCE"
    assert border.sent == []


def test_a_camera_sees_the_code_with_the_network_cut(browser_type, address, tmp_path):
    seen = tmp_path / "seen.mjpeg"
    seen.write_bytes(picture(made())["buffer"] * 2)
    fakes = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    film = f"--use-file-for-fake-video-capture={seen}"
    browser = browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *fakes, film])
    border = Checker(browser, address, "en", javascript=True, size=SIZES["phone"])
    border.arrive()
    border.goes_off_line()
    border.page.get_by_role("button", name="Use the camera").click()
    assert border.verdict() == "IN_FORCE"
    assert border.page.evaluate("document.getElementById('video').srcObject") is None
    assert border.sent == []
    border.leave()
    browser.close()


def test_nothing_moves_under_the_readers_finger(checker):
    border, behind = checker(), carrying.fragment(made())
    moved = "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries())"
    moved += " window.moved += each.value }).observe({type: 'layout-shift', buffered: true})"
    border.context.add_init_script(moved)
    border.arrive()
    assert border.page.evaluate("window.moved") == 0
    border.page.goto(f"{border.site}/v#{behind}")
    border.page.goto(f"{border.site}/v/en/#{behind}")
    assert border.verdict() == "IN_FORCE"
    assert border.page.evaluate("window.moved") == 0


def test_a_year_later_the_key_has_ended_and_old_lists_are_not_trusted(checker):
    seal = made(days=3000)
    border = checker()
    border.arrive()
    border.goes_off_line()
    border.page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=8))
    assert border.shows(seal) == "LISTS_OLD"
    assert border.page.get_by_text("older than seven days").is_visible()
    border.picture("verifier-old")
    border.page.clock.set_fixed_time(timezone.now() - dt.timedelta(days=365))
    assert border.shows(seal) == "CLOCK_WRONG"
    border.page.clock.set_fixed_time(timezone.now() + dt.timedelta(days=365 * 20))
    assert border.shows(seal) == "EXPIRED_CERTIFICATE"
    assert border.asked == []


def test_who_first_comes_without_lists_is_told_so(checker):
    border = checker()
    border.page.route("**/v/bundle.jws", lambda route: route.abort())
    border.arrive()
    assert border.shows(made()) == "NO_LISTS"
    assert border.page.get_by_text("There are no lists on this device yet").is_visible()
    border.complaints = [each for each in border.complaints if "ERR_FAILED" not in each]


def test_lines_without_a_seal_prove_nothing(checker):
    border = checker()
    border.arrive()
    border.page.locator("details:has(#zone) summary").click()
    lines = mrz.mrv_a(**HOLDER)
    border.page.fill("#zone", "\n".join(lines))
    border.page.locator("#zone-form button").click()
    assert border.verdict() == "ZONE_HOLDS"
    border.page.locator("#again").click()
    border.page.fill("#zone", "\n".join(lines).replace("V1234567", "V1234568"))
    border.page.locator("#zone-form button").click()
    assert border.verdict() == "ZONE_WRONG"


def test_nothing_stays_when_somebody_leaves_and_comes_back(checker):
    border = checker()
    border.arrive()
    border.shows(made())
    assert border.context.cookies() == []
    border.page.goto(f"{border.site}/en/verify/")
    border.page.go_back()
    border.page.locator("#ask").wait_for()
    assert "AZAD" not in border.page.content()
    assert border.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_it_is_read_and_worked_by_keyboard_on_any_screen(checker, language, size):
    border = checker(language, size=size)
    border.page.goto(f"{border.site}/v#{carrying.fragment(made())}")
    border.page.goto(f"{border.site}/v/{language}/#{carrying.fragment(made())}")
    assert border.verdict() == "IN_FORCE"
    assert border.page.evaluate("document.activeElement.id") == "verdict"
    border.picture(f"verifier-told-{language}-{size}")
    border.look()
    border.page.locator("#again").press("Enter")
    assert border.page.evaluate("document.activeElement.id") == "start"
    border.picture(f"verifier-{language}-{size}")
    border.look()


def test_without_javascript_the_typed_check_is_one_link_away(checker):
    reader = checker(javascript=False)
    reader.page.goto(f"{reader.site}/v")
    reader.page.get_by_role("link", name="Check a visa by its number and the date of birth").first.click()
    assert reader.page.url.endswith("/en/verify/")
