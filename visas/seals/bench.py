"""What consuls can do with a key, each act with what it does in words; and what is to be done next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from consular.ui.templatetags.ui import day
from visas.seals import actions, rules
from visas.seals.certificates import serial_of
from visas.seals.forms import CertificateForm, NothingForm, ReasonForm
from visas.seals.models import SignerKey
from visas.seals.status import Obstacle, State


@dataclass(frozen=True)
class Act:
    slug: str
    label: Any
    consequence: Any
    obstacle: Callable[[Any, SignerKey], Obstacle | None]
    does: Callable[..., Any]
    form: type[Any] = NothingForm


ACTS = (
    Act(
        "hand-in",
        _("Hand in its certificate"),
        _("Paste what the ceremony made. Nothing is public yet: another consul publishes it."),
        rules.obstacle_to_handing_in,
        actions.hand_in,
        CertificateForm,
    ),
    Act(
        "publish",
        _("Publish this key"),
        _(
            "Everybody who checks visas learns of this key within a minute, so that they know it before it is used."
            " Ask whoever handed in the certificate whether it comes from the ceremony."
        ),
        rules.obstacle_to_publishing,
        actions.publish,
    ),
    Act(
        "activate",
        _("Use this key from now on"),
        _(
            "New visas are sealed with this key at once. The one before it retires: its private key is destroyed, and"
            " what it has sealed stays valid. Devices without a connection know this key only if they fetched the list"
            " since it was published: wait a week, unless the other key has leaked."
        ),
        rules.obstacle_to_activating,
        actions.activate,
    ),
    Act(
        "ask-to-revoke",
        _("Ask to revoke this key"),
        _(
            "Another consul revokes it. Call them now if the key has leaked: until then everything goes on as before."
        ),
        rules.obstacle_to_asking_for_revocation,
        actions.ask_to_revoke,
        ReasonForm,
    ),
    Act(
        "revoke",
        _("Revoke this key"),
        _(
            "Everything that this key has sealed stops being valid, at once and for ever, and its private key is"
            " destroyed. Every visa that it sealed has to be replaced. A key that was published in advance takes over."
        ),
        rules.obstacle_to_revoking,
        actions.revoke,
    ),
)


def open_to(user: Any, key: SignerKey) -> Iterator[Act]:
    return (act for act in ACTS if act.obstacle(user, key) is None)


def find(slug: str) -> Act | None:
    return next((act for act in ACTS if act.slug == slug), None)


def what_next(user: Any, key: SignerKey) -> str:
    """Return in words what is to be done with a key, and by whom."""
    if key.state != State.REVOKED and key.revocation_asked_by_id is not None:
        return _after_a_question(user, key)
    return {
        State.PLANNED: _while_planned,
        State.PUBLISHED: lambda user, key: gettext(
            "It is known to whoever checks visas. Use it when the one in use ends; then the portal does so by itself."
        ),
        State.ACTIVE: _while_active,
        State.RETIRED: lambda user, key: gettext(
            "Nothing: its private key is destroyed, and what it signed is valid."
        ),
        State.REVOKED: _once_revoked,
    }[State(key.state)](user, key)


def _after_a_question(user: Any, key: SignerKey) -> str:
    if key.revocation_asked_by_id == user.pk:
        return gettext("You asked to revoke this key. Another consul has to do it: call them.")
    return gettext("A consul asks to revoke this key. Talk with them, then revoke it.")


def _while_planned(user: Any, key: SignerKey) -> str:
    if key.certificate is None:
        return gettext(
            "Take its request to the ceremony, have it certified, and hand in the certificate here."
        )
    if key.handed_in_by_id == user.pk:
        return gettext("You handed in the certificate. Another consul has to publish it.")
    return gettext(
        "Ask whoever handed in the certificate whether it comes from the ceremony, then publish it."
    )


def _while_active(user: Any, key: SignerKey) -> str:
    texts = {"day": day(key.signs_until)}
    waiting = SignerKey.objects.filter(use=key.use, state=State.PUBLISHED).exists()
    if waiting:
        return (
            gettext("It signs until %(day)s. The next one is published already and follows by itself.")
            % texts
        )
    return gettext("It signs until %(day)s. Plan and publish the next one a month before.") % texts


def _once_revoked(user: Any, key: SignerKey) -> str:
    return gettext(
        "Have the authority sign a new revocation list at the ceremony, with the command below, and import it. Then"
        " replace every visa that this key has sealed."
    )


def list_command(key: SignerKey) -> str:
    """Return the command for the ceremony that signs the list with every revoked key of the same authority."""
    if key.state != State.REVOKED or key.authority is None or key.certificate is None:
        return ""
    entries = (
        f"{serial_of(each):x}:{each.revocation_reason}:{(each.revoked_at or timezone.now()):%Y-%m-%d}"
        for each in key.authority.revoked_keys
    )
    return f"manage.py seal_crl root.key {' '.join(entries)} --number {key.authority.last_list_number + 1}"
