"""The letter about an alert: the same words for all readers of a language, with a way out for each."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import override

from consular.notifications.actions.deliver import Sheet, letter, sheet
from consular.notifications.actions.post import header_id
from consular.notifications.models import Message
from consular.notifications.rendering import offered, render_text, surroundings, tidy
from embassy.alerts import secrecy
from embassy.alerts.models import Alert, Delivery, Subscriber

TOKEN = "0" * 43  # stands in the drawn words where each subscriber's own token comes


class Letters:
    """Writes each language once; puts the token of each subscriber in."""

    def __init__(self, alert: Alert) -> None:
        self.alert = alert
        self.written: dict[str, tuple[Sheet, dict[str, str]]] = {}

    def in_language(self, language: str) -> tuple[Sheet, dict[str, str]]:
        """Return what stands in every letter of a language, and its headers, with `TOKEN` for the token."""
        if language not in self.written:
            self.written[language] = sheet(draw(self.alert, language)), way_out(TOKEN, language)
        return self.written[language]

    def to(self, subscriber: Subscriber, delivery: Delivery, line: Any = None) -> EmailMultiAlternatives:
        """Return the letter to a subscriber; sent twice, it is the same e-mail to mail programs."""
        words, headers = self.in_language(offered(delivery.language))
        token = secrecy.token_of(subscriber.public_id)
        own = words._replace(text=words.text.replace(TOKEN, token), html=words.html.replace(TOKEN, token))
        made = letter(
            own,
            secrecy.unseal(subscriber.address),
            header_id=header_id(f"alert:{self.alert.reference}:{subscriber.public_id}"),
            headers={name: value.replace(TOKEN, token) for name, value in headers.items()},
        )
        made.connection = line
        return made


def draw(alert: Alert, language: str) -> Message:
    """Return the alert as a message in `language`; its words are English where they are not translated."""
    with override(language):
        context = {**surroundings(language), "alert": alert, "text": alert.text_in(language), "token": TOKEN}
        body = tidy(render_text("emails/alerts/alert/letter.txt", context))
        subject = f"{alert.get_kind_display()}: {alert.text_in(language).title}"
    return Message(language=language, subject=" ".join(subject.split()), body=body)


def way_out(token: str, language: str) -> dict[str, str]:
    """Return the headers by which mail programs offer to unsubscribe with one click (RFC 2369, RFC 8058)."""
    with override(language):
        address = settings.SITE_URL + reverse("alerts:unsubscribe", args=[token])
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
