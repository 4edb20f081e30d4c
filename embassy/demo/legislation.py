"""A change of the law that waits for a second person, so that the bench has one to show."""

from datetime import date

from django.utils import timezone

from consular.accounts.models import User
from visas.legislation import actions
from visas.legislation.actions import Wanted
from visas.legislation.models import Change
from visas.legislation.rows import as_json
from visas.legislation.status import Act
from visas.policy.models import GroupMember, RuleGroup, Source

TITLE = "Kelvia joins the states with an electronic authorisation"
WHY = "Government decision of 17 November: citizens of Kelvia need no visa for short visits from next June."
AUTHOR = "consul@velmaris.example.org"


def load() -> None:
    """Prepare the change and hand it over, unless it is there already."""
    if Change.objects.filter(title=TITLE).exists():
        return
    author = User.objects.get(email=AUTHOR)
    change = Change.objects.create(title=TITLE, why=WHY, author=author)
    actions.write_edit(change, Wanted(Act.ADD, "groupmember", None, as_json(_kelvia()), before={}), by=author)
    actions.hand_over(change, by=author)


def _kelvia() -> GroupMember:
    return GroupMember(
        group=RuleGroup.objects.get(code="B"),
        nationality="QWK",
        valid_from=date(timezone.localdate().year + 1, 6, 1),
        source=Source.objects.get(code="authorisation-amendment"),
        clause="§ 2",
    )
