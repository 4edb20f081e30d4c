"""Deliver a message by e-mail, effectively once.

The row is locked from before the SMTP dialogue until the commit right after the server's answer; nothing else
happens in between. What remains (killed between the two) repeats the same Message-ID.
"""

import smtplib
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from consular.notifications.models import Delivery, Message
from consular.notifications.rendering import render_html, render_text, surroundings, tidy

# The dialogue may take EMAIL_TIMEOUT at each of its steps, longer than transactions otherwise may idle.
DIALOGUE_SECONDS = 120
PERMANENT = range(500, 600)  # RFC 5321 §4.2.1


def deliver(delivery_id: int) -> None:
    """Send one delivery if it is still owed.

    A passing error (server away, "try again later") is raised for a later attempt; a final one (no such
    mailbox) makes the delivery failed.
    """
    try:
        deliver_locked(delivery_id)
    except Exception as error:
        Delivery.objects.filter(pk=delivery_id).update(
            attempts=F("attempts") + 1, last_error=error_name(error)
        )
        raise


@transaction.atomic
def deliver_locked(delivery_id: int) -> None:
    allow_idling(DIALOGUE_SECONDS)
    owed = Delivery.objects.filter(state=Delivery.State.OWED).select_related("message")
    delivery = owed.select_for_update(of=("self",)).filter(pk=delivery_id).first()
    if delivery is None:
        return
    if delivery.expires_at and delivery.expires_at < timezone.now():
        close(delivery, Delivery.State.FAILED, error="too late")
        return
    try:
        compose(delivery).send()
    except Exception as error:
        if not is_final(error):
            raise
        close(delivery, Delivery.State.FAILED, error=error_name(error))
    else:
        close(delivery, Delivery.State.SENT)


def allow_idling(seconds: int) -> None:
    """Let this transaction wait for another server without PostgreSQL ending the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [f"{seconds}s"])


def close(delivery: Delivery, state: Delivery.State, *, error: str = "") -> None:
    """Note how it ended; forget the words of what is not kept."""
    delivery.state, delivery.last_error, delivery.attempts = state, error, delivery.attempts + 1
    delivery.sent_at = timezone.now() if state == Delivery.State.SENT else None
    delivery.save(update_fields=["state", "last_error", "attempts", "sent_at"])
    Message.objects.filter(pk=delivery.message_id, in_inbox=False).update(body="")


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail of a delivery."""
    return letter(sheet(delivery.message), delivery.address, header_id=delivery.header_id)


class Sheet(NamedTuple):
    """What a letter says, before it has an address: plain text, and the same text as simple HTML that knows its direction."""

    subject: str
    text: str
    html: str
    language: str


def sheet(message: Message) -> Sheet:
    """Write a message, saved or not, in its frame."""
    context = {**surroundings(message.language, message.case_reference), "message": message}
    with override(message.language):
        text = tidy(render_text("emails/frame.txt", context))
        html = render_html("emails/frame.html", context)
    return Sheet(message.subject, text, html, message.language)


def letter(
    sheet: Sheet, address: str, *, header_id: str, headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """Return the e-mail that brings a sheet to an address."""
    standing = {
        "Message-ID": header_id,
        "Content-Language": sheet.language,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in answer
    }
    mail = EmailMultiAlternatives(
        sheet.subject,
        sheet.text,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers={**standing, **(headers or {})},
    )
    mail.attach_alternative(sheet.html, "text/html")
    return mail


def is_final(error: Exception) -> bool:
    """Tell whether sending again would fail again: the recipient or the message is refused for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code in PERMANENT
    return isinstance(error, BadHeaderError | UnicodeError)


def error_name(error: Any) -> str:
    """Return the error's class and SMTP code; never its text, which may hold an address."""
    codes = {code for code, _ in error.recipients.values()} if hasattr(error, "recipients") else set()
    codes |= {error.smtp_code} if hasattr(error, "smtp_code") else set()
    return " ".join([type(error).__name__, *map(str, sorted(codes))])[:60]
