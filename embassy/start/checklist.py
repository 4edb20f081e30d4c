"""What a new embassy has still to fill in: each point with a real look at it, and where one does it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consular.accounts.models import User
from consular.missions.models import Holiday, Mission, OpeningHours
from consular.missions.status import Role
from consular.questionnaires.models import Revision as Questions
from embassy.content import coverage
from embassy.content.coverage import Standing
from embassy.content.models import Node
from embassy.officials.models import Account
from embassy.settings.identity import address_of
from embassy.start.actions.write import has_own_colours, is_placeholder
from visas.policy import book

EXAMPLE = ("example.org", "example.com", "example.net", ".example", ".invalid")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
S3 = "storages.backends.s3.S3Storage"
PAIR = 2  # Who writes and who approves are never the same person


@dataclass(frozen=True)
class Check:
    """One thing to fill in: what it is, whether it is done, and the page or the place where one does it."""

    title: Any
    is_done: bool
    url: str = ""
    place: Any = ""


def may_see(user: Any) -> bool:
    """Tell whether somebody answers for the start: a superuser or a head of mission."""
    return bool(user.is_staff and (user.is_superuser or Mission.objects.of(user, Role.CONSUL).exists()))


def checks() -> list[Check]:
    """Return every point in the order in which to do them."""
    parts: tuple[Callable[[], Iterator[Check]], ...] = (_identity, _servers, _post, _law, _pages, _people)
    return [check for part in parts for check in part()]


def has_tables() -> bool:
    """Tell whether the database has been made; the command may run before that."""
    return Mission._meta.db_table in connection.introspection.table_names()


def _identity() -> Iterator[Check]:
    found, place = settings.IDENTITY, _("identity.toml, in the folder that PORTAL_EMBASSY names")
    yield Check(_("The emblem is the state’s own"), not is_placeholder(found), place="static/emblem.svg")
    yield Check(_("The colours are the state’s own"), found.is_shipped or has_own_colours(found), place=place)
    site, hosts = settings.SITE_URL, settings.ALLOWED_HOSTS
    is_public = site.startswith("https://") and _is_real(site) and bool(hosts)
    yield Check(_("The site has an address and hosts"), is_public, place=place)
    yield Check(_("E-mails have a sender"), _is_real(address_of(settings.DEFAULT_FROM_EMAIL)), place=place)
    official = bool(found.official) and _is_real(found.official)
    yield Check(_("There is an official e-mail address"), official, place=place)
    security = _is_real(settings.SECURITY_CONTACT)
    yield Check(_("Somebody can be told of a weakness of the site"), security, place=place)


def _is_real(address: str) -> bool:
    """Tell whether an address is not one of those reserved for examples (RFC 2606)."""
    host = address.rpartition("@")[2].partition("://")[2] or address.rpartition("@")[2]
    return not host.split("/")[0].split(":")[0].endswith(EXAMPLE)


def _servers() -> Iterator[Check]:
    yield Check(
        _("E-mails are sent by a mail server"), settings.EMAIL_BACKEND == SMTP, place="PORTAL_SMTP_URL"
    )
    storage: Any = settings.STORAGES["default"]
    in_s3 = storage["BACKEND"] == S3
    outside = not settings.DATA_DIR.is_relative_to(settings.BASE_DIR)
    place = "PORTAL_S3_BUCKET, PORTAL_DATA_DIR"
    yield Check(
        _("Documents are kept in S3, or on a disk outside the program"), in_s3 or outside, place=place
    )
    yield Check(
        _("A key encrypts what is secret in the database"),
        bool(settings.FIELD_KEYS),
        place="PORTAL_FIELD_KEY",
    )


def _post() -> Iterator[Check]:
    posts = Mission.objects.all()
    url = reverse("admin:missions_mission_changelist")
    has_any = posts.exists()
    yield Check(_("Every post has an address"), has_any and not posts.filter(address={}).exists(), url)
    open_hours = posts.exclude(pk__in=OpeningHours.objects.values("mission"))
    yield Check(_("Every post has opening hours"), has_any and not open_hours.exists(), url)
    coming = Holiday.objects.filter(on__gte=timezone.localdate()).values("mission")
    yield Check(
        _("Every post has its next holidays"), has_any and not posts.exclude(pk__in=coming).exists(), url
    )
    silent = posts.filter(Q(email="") | Q(emergency_phone=""))
    yield Check(
        _("Every post has an e-mail address and an emergency number"), has_any and not silent.exists(), url
    )
    contact = posts.filter(serves_everyone_else=True).exclude(email="")
    yield Check(_("There is an address for questions about privacy"), contact.exists(), url)


def _law() -> Iterator[Check]:
    law, url = book.current(), reverse("admin:legislation_change_changelist")
    default = [group.pk for group in law.groups if group.is_default]
    covered = any(rule.group_id in default for rule in law.rules)
    yield Check(_("Rules say who needs a visa"), covered, url)
    yield Check(_("There are fees"), bool(law.fees), url)
    yield Check(_("Lengths of stay are offered"), bool(law.stay_options), url)
    yield Check(_("Documents to hand in are named, and how long passports must be valid"),
                bool(law.documents and law.passport_validity), url)  # fmt: skip
    online = any(category.online for category in law.categories)
    yield Check(_("At least one kind of visa can be applied for online"), online, url)
    published = Questions.objects.published().exists()
    yield Check(_("The questionnaire is published"), published, place="manage.py start_embassy")


def _pages() -> Iterator[Check]:
    cells = [cell for row in coverage.of(Node.objects.all()) for cell in row.in_order]
    approved = bool(cells) and all(cell.standing == Standing.LIVE for cell in cells)
    yield Check(_("Every page is approved in every language"), approved, reverse("admin:content:coverage"))
    url = reverse("admin:officials_account_changelist")
    yield Check(_("The official accounts are listed"), Account.objects.exists(), url)


def _people() -> Iterator[Check]:
    url = reverse("admin:accounts_user_changelist")
    titles = {
        "Editors": (_("Somebody writes the pages"), 1),
        "Approvers": (_("Somebody approves the pages"), 1),
        "Duty officers": (_("Two duty officers can warn people: one writes, the other approves"), PAIR),
    }
    for name, (title, wanted) in titles.items():
        members = User.objects.filter(groups__name=name, is_active=True, is_staff=True).count()
        yield Check(title, members >= wanted, url)
