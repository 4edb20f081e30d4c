"""Give an empty database what every embassy begins with; nothing that says what a state's law is."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from consular.accounts.models import User
from consular.audit.trail import record
from consular.missions.models import Mission, Posting, Role
from embassy.content.actions import compose
from embassy.content.models import Node, Revision
from embassy.content.status import Kind
from embassy.search.actions import load_synonyms, refresh
from embassy.start import groups, kinds, questionnaire
from visas.policy.models import Category, Purpose, RuleGroup, TravelDocument

MISSION = "virtual"
AUTHOR = (
    "start@embassy.invalid"  # Wrote the first drafts, so that anybody may approve them; can never sign in
)
SATURDAY, SUNDAY = 5, 6


class OtherDataError(Exception):
    """The database is in use: nothing was touched. The text names what was found."""


@transaction.atomic
def fill(*, head: str) -> bool:
    """Fill an empty database and return True; False when that was done before, and nothing was touched."""
    if User.objects.filter(email=AUTHOR).exists():
        return False
    for model in (Mission, Node, RuleGroup, User):
        if model.objects.exists():
            raise OtherDataError(str(model._meta.verbose_name_plural))
    mission = _open_mission()
    for name in groups.GROUPS:
        groups.group(name)
    _appoint(head, mission)
    _draft(kinds.read("sections")["section"], _author())
    _name_kinds(kinds.read("kinds"))
    questionnaire.load()
    load_synonyms()
    refresh()
    record("embassy.started", mission, state=settings.IDENTITY.alpha3)
    return True


def _open_mission() -> Mission:
    """Return the one post that a virtual embassy begins with, for everybody, wherever they live."""
    identity = settings.IDENTITY
    return Mission.objects.create(
        code=MISSION,
        name=dict(identity.names),
        country=identity.alpha2,
        is_virtual=True,
        serves_everyone_else=True,
        email=identity.official,
        services=["visas"],
        languages=list(identity.languages),
        weekend=[SATURDAY, SUNDAY],
    )


def _appoint(email: str, mission: Mission) -> None:
    """Make the first head of mission, who appoints everybody else; signs in by code, then sets up a second factor."""
    head = User.objects.create_superuser(email, language=settings.LANGUAGE_CODE)
    EmailAddress.objects.create(user=head, email=head.email, verified=True, primary=True)
    Posting.objects.create(user=head, mission=mission, role=Role.CONSUL)
    head.groups.add(groups.heads_of_mission())


def _author() -> User:
    return User.objects.create_user(AUTHOR, name="Virtual Embassy", is_active=False)


def _draft(sections: list[dict[str, Any]], author: User) -> None:
    """Write the sections in every language offered, as drafts: somebody reads them before the public does."""
    for position, section in enumerate(sections):
        node = Node.objects.create(path=section["path"], kind=Kind.SECTION, position=position)
        for language in settings.IDENTITY.languages:
            title, summary = section["title"][language], section["summary"][language]
            text = Revision(
                node=node, language=language, title=title, summary=summary, author=author, writers=[author.pk]
            )
            compose(text)
            text.save()


def _name_kinds(said: dict[str, Any]) -> None:
    """Write what code speaks of. Nothing can be applied for before the state's law has been written."""
    of_group = _put(RuleGroup, said["group"])
    of_category = _put(Category, [{**row, "online": False} for row in said["category"]])
    _put(Purpose, [{**row, "category": of_category[row["category"]]} for row in said["purpose"]])
    documents = said["travel_document"]
    _put(TravelDocument, [{**row, "counts_as": of_group.get(row.get("counts_as"))} for row in documents])


def _put(model: Any, rows: list[dict[str, Any]]) -> dict[Any, Any]:
    """Write rows in their order, and return them by their code."""
    ordered = any(field.name == "position" for field in model._meta.fields)
    places = [{"position": place} if ordered else {} for place in range(len(rows))]
    made = model.objects.bulk_create(model(**row, **place) for row, place in zip(rows, places, strict=True))
    return {row.code: row for row in made}
