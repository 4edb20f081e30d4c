"""Write an alert: its facts, and its words in one language after the other."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from consular.audit.trail import record
from consular.lib.refusal import RefusedError
from embassy.alerts import rules
from embassy.alerts.actions.demand import demand, save
from embassy.alerts.models import PARTS, Alert, Text
from embassy.alerts.status import Obstacle, Status

FACTS = ("kind", "severity", "countries", "starts_at", "ends_at")
LOCK = 0x0A1E27 << 32  # The advisory lock under which references are numbered


@transaction.atomic
def start(*, by: Any, facts: Mapping[str, Any], words: Mapping[str, str]) -> Alert:
    """Begin a draft with its facts (see FACTS) and its English words (see PARTS)."""
    if not rules.may(by, rules.WRITE):
        raise RefusedError(Obstacle.NOT_ALLOWED)
    return begin(by=by, facts=facts, words={"en": words})


def begin(
    *,
    by: Any,
    facts: Mapping[str, Any],
    words: Mapping[str, Mapping[str, str]],
    corrects: Alert | None = None,
) -> Alert:
    """Make a draft with its words by language; inside the caller's transaction."""
    values = {name: facts[name] for name in FACTS}
    alert = Alert.objects.create(reference=next_reference(), written_by=by, corrects=corrects, **values)
    for language, text in words.items():
        put(alert, language, by=by, words=text)
    record("alert.started", alert, by=by, reference=alert.reference)
    return alert


def next_reference() -> str:
    """Return the year and the next number in it, such as 2026-17; nobody else gets it before the commit."""
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    taken = Alert.objects.filter(reference__startswith=f"{year}-").values_list("reference", flat=True)
    return f"{year}-{max((int(each.partition('-')[2]) for each in taken), default=0) + 1}"


@transaction.atomic
def write(alert: Alert, *, by: Any, seen: int, facts: Mapping[str, Any], words: Mapping[str, str]) -> Alert:
    """Change the facts and the English words of a draft."""
    alert = demand(rules.writing, alert, by=by, seen=seen)
    for name in FACTS:
        setattr(alert, name, facts[name])
    alert.written_by = by
    put(alert, "en", by=by, words=words)
    save(alert, *FACTS, "written_by")
    record("alert.written", alert, by=by, reference=alert.reference)
    return alert


@transaction.atomic
def write_text(alert: Alert, language: str, *, by: Any, seen: int, words: Mapping[str, str]) -> Text:
    """Write the words in one language. Before the alert is public it has to be handed in again."""
    alert = demand(rules.translating, alert, language, by=by, seen=seen)
    text = put(alert, language, by=by, words=words)
    if alert.status == Status.REVIEW:
        alert.status = Status.DRAFT
    save(alert, "status")
    record("alert.text_written", alert, by=by, reference=alert.reference, language=language)
    return text


def put(alert: Alert, language: str, *, by: Any, words: Mapping[str, str]) -> Text:
    """Write the open text in a language; an approved one stays, and the new one waits beside it."""
    text = alert.texts.filter(language=language, approved_at=None).first() or Text(
        alert=alert, language=language
    )
    for part in PARTS:
        setattr(text, part, words[part])
    text.written_by, text.writers = by, sorted({*text.writers, by.pk})
    text.save()
    return text
