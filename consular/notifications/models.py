"""What we tell people: messages, and their deliveries by e-mail."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    def inbox_of(self, user: Any) -> "MessageQuerySet":
        """Return the messages that the portal keeps for `user`, newest first."""
        return self.filter(to=user, in_inbox=True).order_by("-posted_at", "-pk")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def about(self, reference: str) -> "MessageQuerySet":
        """Return the messages about the case with this reference."""
        return self.filter(case_reference=reference)


class Message(models.Model):
    """One thing told to one person, in the language that was theirs when it was posted.

    `key` is its meaning (`case:17:decided`): the same thing is never told twice. `subject` and `body` are the
    words as sent. A message outside the inbox (sign-in codes) loses its body when it has been sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages", verbose_name=_("to")
    )
    template = models.CharField(max_length=80)
    language = models.CharField(_("language"), max_length=5)
    context = models.JSONField(default=dict, blank=True)
    case_reference = models.CharField(max_length=12, blank=True, db_index=True)
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    in_inbox = models.BooleanField(default=True)
    posted_at = models.DateTimeField(_("posted"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["to", "-posted_at"],
                condition=models.Q(in_inbox=True),
                name="messages_in_a_persons_inbox",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_inbox=False) | models.Q(to__isnull=False),
                name="message_in_an_inbox_is_to_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(in_inbox=False) | ~models.Q(body=""),
                name="message_in_an_inbox_keeps_its_words",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_right_to_left(self) -> bool:
        return self.language in settings.LANGUAGES_BIDI


class Delivery(models.Model):
    """One sending of a message to one address. `last_error` is the name of an error, with an SMTP code if any."""

    class State(models.TextChoices):
        OWED = "owed", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be delivered")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    address = models.EmailField()
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    header_id = models.CharField(max_length=200, help_text="The e-mail's Message-ID.")
    last_error = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel", "address"], name="message_goes_to_an_address_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["owed", "sent", "failed"]), name="delivery_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="delivery_is_sent_when_it_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header_id} {self.state}"
