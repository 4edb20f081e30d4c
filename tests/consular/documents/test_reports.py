"""What a child says is taken apart before it is believed."""

import pytest

from consular.documents.reports import believable
from consular.documents.sandbox.protocol import GarbledError, Report

ZONE = {
    "surname": "AZAD", "given_names": "SHIRIN", "number": "A12345678", "nationality": "IRN", "birth_on": "1990-01-31",
    "sex": "F", "expires_on": "2031-02-28", "issuing_state": "IRN", "lines": ["P<IRNAZAD<<SHIRIN".ljust(44, "<"), "A" * 44],
}  # fmt: skip
HONEST = {
    "content_type": "image/jpeg", "refusal": "", "figures": {}, "findings": [{"code": "animated"}], "fields": ZONE,
    "measures": {"width": 9, "height": 9, "brightness": 1.5, "contrast": 2.0, "sharpness": 3.0},
    "lines": [{"page": 1, "box": [0, 0.1, 0.5, 0.2], "text": "Period: 2026-08-22 to 2026-11-20"}],
}  # fmt: skip


def test_an_honest_report_is_believed():
    assert believable(HONEST) == Report(**HONEST)
    refused = {
        **HONEST,
        "refusal": "too_many_pages",
        "figures": {"pages": 31, "limit": 30},
        "fields": {},
        "measures": {},
    }
    assert believable(refused) == Report(**refused)
    assert believable({**HONEST, "findings": [{"code": "mrz_not_read", "advice": ["glare"]}]}).findings


def test_what_was_measured_on_a_portrait_is_believed_though_parts_are_missing():
    portrait = {**HONEST["measures"], "faces": 1, "head": 72.5, "cut": 0}
    assert believable({**HONEST, "measures": portrait}).measures == portrait


@pytest.mark.parametrize(
    "lie",
    [
        {"content_type": "text/html"},
        {"refusal": "because"},
        {"refusal": ["damaged"]},
        {"refusal": "too_many_pages"},
        {"figures": {"pages": "many"}},
        {"figures": {"pages": 1}},
        {"findings": [{"code": "<script>"}]},
        {"findings": [{"code": "picture_dark"}]},
        {"findings": [{"code": "mrz_not_read", "advice": ["<b>"]}]},
        {"findings": [{"code": "mrz_not_read"}]},
        {"findings": "animated"},
        {"findings": [{"code": "page_blank"}]},
        {"findings": [{"code": "page_blank", "page": "1"}]},
        {"findings": [{"code": "page_cut", "page": 1, "side": "<b>"}]},
        {"findings": [{"code": "bar_code", "page": 1, "box": [0, 0, 1, 7], "sort": "QR", "says": ""}]},
        {"findings": [{"code": "bar_code", "page": 1, "box": [0, 0, 1, 1], "sort": "QR", "says": "a\nb"}]},
        {"findings": [{"code": "bar_code", "page": 1, "box": [0, 0, 1, 1], "sort": "QR", "says": "a" * 201}]},
        {"findings": [{"code": "written_in", "language": "<b>"}]},
        {"lines": [{"page": 0, "box": [0, 0, 1, 1], "text": "a"}]},
        {"lines": [{"page": 1, "box": [0, 0, 1], "text": "a"}]},
        {"lines": [{"page": 1, "box": [0, 0, 1, 1], "text": "\u202egnp.exe"}]},
        {"lines": "text"},
        {"findings": None},
        {"fields": {**ZONE, "surname": "<script>alert(1)</script>"}},
        {"fields": {**ZONE, "surname": None}},
        {"fields": {**ZONE, "lines": ["short"]}},
        {"fields": {"surname": "AZAD"}},
        {"measures": {"width": 9}},
        {"measures": {**HONEST["measures"], "width": "9"}},
        {"measures": {**HONEST["measures"], "beauty": 9}},
        {"measures": {**HONEST["measures"], "head": "<b>"}},
        {"measures": {"faces": 1, "head": 72.5}},
        {"findings": [{"code": "head_small"}]},
        {"measures": {**HONEST["measures"], "width": True}},
        {"measures": []} | {"figures": []} | {"fields": 7},
    ],
)
def test_a_lie_is_not(lie):
    with pytest.raises(GarbledError):
        believable({**HONEST, **lie})


def test_a_report_with_a_part_missing_is_not():
    for part in HONEST:
        with pytest.raises(GarbledError):
            believable({name: value for name, value in HONEST.items() if name != part})
