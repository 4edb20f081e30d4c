"""Post a message: write it down, with the delivery that is owed, in the transaction of what it tells about."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consular.notifications.models import Delivery, Message
from consular.notifications.rendering import offered, render
from consular.outbox.actions import owe

ACCOUNT_MAIL_KEPT_FOR = timedelta(hours=24)


@transaction.atomic
def post(template: str, *, to: Any, key: str, case_reference: str = "", **context: str) -> Message:
    """Tell `to` (a user) something once, in their language: in the portal's inbox and by e-mail.

    `template` names a folder of templates/emails ("cases/decided"), `key` the meaning ("case:17:decided"):
    posting a key again returns the message that there is. `context` holds short strings for the template.
    """
    if standing := Message.objects.filter(key=key).first():
        return standing
    language = offered(to.language)
    words = render(template, language, context, case_reference=case_reference)
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to, "template": template, "language": language, "context": context,
            "case_reference": case_reference, "subject": words.subject, "body": words.body,
        },
    )  # fmt: skip
    if created:
        owe_delivery(message, to.email)
    return message


@transaction.atomic
def mail(
    template: str, *, address: str, language: str, context: dict[str, Any], within: timedelta | None = None
) -> Message:
    """Send an e-mail about signing in: not kept in the inbox, and its words are deleted once it is sent.

    `within` is how long it is of use (a code's life); afterwards it is not sent any more.
    """
    words = render(template, language, context)
    message = Message.objects.create(
        template=template, language=language, key=f"mail:{uuid.uuid4()}", in_inbox=False,
        subject=words.subject, body=words.body,
    )  # fmt: skip
    owe_delivery(message, address, expires_at=timezone.now() + (within or ACCOUNT_MAIL_KEPT_FOR))
    return message


def owe_delivery(message: Message, address: str, **fields: Any) -> Delivery:
    delivery = Delivery.objects.create(
        message=message, address=address, header_id=header_id(f"{message.key}:email"), **fields
    )
    owe("notifications.deliver", key=f"delivery:{delivery.pk}", delivery_id=delivery.pk)
    return delivery


def header_id(key: str) -> str:
    """Return the Message-ID for a meaning: sent twice, it is the same e-mail to mail programs (RFC 5322 §3.6.4)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()}@{host}>"
