"""Accounts of the state on other sites and networks, and the addresses that people know it by."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.lib.multilingual import MultilingualField
from embassy.officials.status import State

# What has a name in each language; other networks are called the same everywhere.
NAMED = {"Website": _("Website"), "E-mail": _("E-mail"), "Telephone": _("Telephone")}
SAFE_ADDRESS = r"^(https://[a-z0-9]|mailto:[^ ]|tel:\+[0-9])"


class AccountQuerySet(models.QuerySet["Account"]):
    def compromised(self) -> "AccountQuerySet":
        """Return the accounts to warn of, the latest first."""
        return self.filter(state=State.COMPROMISED).order_by("-state_changed_at")


class Account(models.Model):
    """One account, site, mailbox or number. `languages` are those it is written in."""

    code = models.SlugField(_("code"), unique=True)
    network = models.CharField(
        _("network"), max_length=40, help_text=_("Such as Mastodon, Website or E-mail.")
    )
    handle = models.CharField(_("name on the network"), max_length=100)
    address = models.CharField(
        _("address"),
        max_length=200,
        validators=[RegexValidator(SAFE_ADDRESS, _("Begin with https://, mailto: or tel:+"))],
    )
    languages = ArrayField(models.CharField(max_length=5), verbose_name=_("languages"), default=list)
    purpose = MultilingualField(_("what it is for"))
    state = models.CharField(_("state"), max_length=11, choices=State.choices, default=State.ACTIVE)
    state_changed_at = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    verified_on = models.DateField(_("last verified on"), null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last verified by"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("official account")
        verbose_name_plural = _("official accounts")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["network", "handle"], name="account_is_listed_once"),
            models.CheckConstraint(
                condition=models.Q(address__regex=SAFE_ADDRESS), name="account_address_is_safe_to_follow"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="account_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.handle}"

    @property
    def network_name(self) -> str:
        """Return what the reader calls the network."""
        return str(NAMED.get(self.network, self.network))

    @property
    def speaks_for_us(self) -> bool:
        return bool(self.state == State.ACTIVE)
