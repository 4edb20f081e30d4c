"""Words of messages: templates/emails/<app>/<message>/subject.txt and body.txt, and the frame around them.

The templates are plain text, written once with {% translate %} and {% blocktranslate %}; nothing is escaped in
them. Besides their own context they know: site_url (no slash at the end), embassy_name, language, reference
(spaced, kept left to right inside Persian and Arabic) and case_reference (as URLs take it):
`{{ site_url }}{% url "portal:case_detail" case_reference %}` is a link in the reader's language.
"""

import re
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from consular.lib.references import spaced

LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


class Words(NamedTuple):
    subject: str
    body: str


def render(template: str, language: str, context: dict[str, Any], *, case_reference: str = "") -> Words:
    """Return subject and body of the message `template` ("cases/decided") in `language`."""
    known = {**surroundings(language, case_reference), **context}
    with override(language):
        subject = render_text(f"emails/{template}/subject.txt", known)
        body = render_text(f"emails/{template}/body.txt", known)
    return Words(" ".join(subject.split()), tidy(body))


def surroundings(language: str, case_reference: str = "") -> dict[str, Any]:
    """Return what every message template knows."""
    return {
        "site_url": settings.SITE_URL,
        "embassy_name": settings.EMBASSY_NAME,
        "language": language,
        "right_to_left": is_right_to_left(language),
        "case_reference": case_reference,
        "reference": isolated(spaced(case_reference), language),
    }


def render_text(name: str, context: dict[str, Any]) -> str:
    """Render a template of plain text: O'Brien stays O'Brien."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))


def render_html(name: str, context: dict[str, Any]) -> str:
    return str(get_template(name).render(context))


def tidy(text: str) -> str:
    """Strip lines' ends and fold runs of blank lines, which template tags leave behind, into one."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)


def offered(language: str) -> str:
    """Return the language in which to write to somebody who chose one that is perhaps no longer offered."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def is_right_to_left(language: str) -> bool:
    return language in settings.LANGUAGES_BIDI


def isolated(text: str, language: str) -> str:
    """Return a code so that a right-to-left line does not turn its groups around (UAX #9, isolates)."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}" if text and is_right_to_left(language) else text
