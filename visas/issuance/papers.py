"""The paper of an e-visa: a PDF with the machine-readable zone, and the seal as two codes and as a file.

Every label stands in the applicant's language and in English, for the officer at the border.
"""

import json
from base64 import b64encode
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _, override

from consular.lib.pdf import render_pdf
from consular.lib.references import spaced
from consular.ui.templatetags.ui import day, digits
from visas.issuance import codes
from visas.issuance.models import EVisa
from visas.policy import rules as policy


def both(text: Any, language: str) -> dict[str, str]:
    """Return a lazy or multilingual text in the applicant's language and, where that differs, in English."""
    with override(language):
        local = str(text() if callable(text) else text)
    with override("en"):
        english = str(text() if callable(text) else text)
    return {"local": local, "english": "" if english == local else english}


def holder_rows(evisa: EVisa) -> list[tuple[Any, Any]]:
    """Return label and value of what the paper says about the holder, as in the passport.

    A value that is a plain string is a code or a Latin name, the same in every language.
    """
    person = evisa.application.traveller
    return [
        (_("Surname"), person.surname),
        (_("Given names"), person.given_names),
        (_("Nationality"), person.nationality),
        (_("Date of birth"), lambda: day(person.birth_on)),
        (_("Sex"), person.sex),
        (_("Passport number"), person.passport_number),
    ]


def visa_rows(evisa: EVisa) -> list[tuple[Any, Any]]:
    """Return label and value of what the visa allows."""
    return [
        (_("Visa number"), evisa.number),
        (_("Type of visa"), lambda: f"{evisa.category} · {policy.category(evisa.category).name}"),
        (_("Valid from"), lambda: day(evisa.valid_from)),
        (_("Valid until"), lambda: day(evisa.valid_until)),
        (_("Entries"), evisa.get_entries_display),
        (_("Days of stay"), lambda: digits(evisa.stay_days)),
        (_("Issued by"), lambda: str(evisa.application.submitted_case.mission)),
        (_("Issued on"), lambda: day(evisa.issued_at.date())),
        (_("Application reference"), spaced(evisa.application.submitted_case.reference)),
    ]


def evisa_context(evisa: EVisa, language: str) -> dict[str, Any]:
    def lines(rows: list[tuple[Any, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "label": both(label, language),
                "value": both(value, language),
                "is_code": isinstance(value, str),
            }
            for label, value in rows
        ]

    return {
        "evisa": evisa,
        "title": both(_("Electronic visa"), language),
        "embassy_name": both(settings.EMBASSY_NAME, language),
        "holder": lines(holder_rows(evisa)),
        "visa": lines(visa_rows(evisa)),
        "instructions": [both(text, language) for text in instructions()],
        "link": codes.as_uri(codes.link(bytes(evisa.seal or b""))),
        "matrix": codes.as_uri(codes.matrix(bytes(evisa.seal or b""))),
        "link_says": both(_("QR code: opens the page that checks this visa"), language),
        "matrix_says": both(_("DataMatrix code: the seal of this visa, for border control"), language),
        "check_at": settings.SITE_URL.split("://")[-1] + "/verify",
        "demonstration": both(_("Demonstration: fictional state"), language)
        if settings.DEMONSTRATION
        else None,
    }


def instructions() -> list[Any]:
    return [
        _("Print this page or show it on your telephone, with the passport named here."),
        _(
            "Anyone may check this visa: scan the code, or enter the visa number and the date of birth at the address below it."
        ),
    ]


def evisa_pdf(evisa: EVisa) -> bytes:
    """Return the paper in the language of the case beside English (English alone for readers of English)."""
    language = evisa.application.submitted_case.language
    return render_pdf(
        "papers/evisa.html", evisa_context(evisa, language), language=language, attachments=attachments(evisa)
    )


def attachments(evisa: EVisa) -> dict[str, bytes]:
    """Return what machines get: the seal as it is, and beside it what proves it without a connection."""
    key, seal = evisa.seal_key, bytes(evisa.seal or b"")
    credential = {
        "type": "x-evisa",
        "v": 1,
        "seal": b64encode(seal).decode(),
        "certificate": b64encode(bytes((key and key.certificate) or b"")).decode(),
        "status": {"list": evisa.status_list, "index": evisa.status_index},
        "log": evisa.log_entry,
    }
    return {"evisa-seal.bin": seal, "evisa.json": json.dumps(credential, separators=(",", ":")).encode()}
