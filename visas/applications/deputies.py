"""Who acts for applicants for a visa, as casework asks (`consular.cases.deputies.Deputies`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from consular.accounts.models import User
from consular.cases.deputies import Right
from consular.cases.models import Case
from visas.applications import rules
from visas.applications.models import Mandate, Scope, VisaApplication


class VisaDeputies:
    """The holders of mandates for visa applications."""

    def right(self, user: Any, case: Case) -> Right | None:
        """Return the right that a mandate gives; one query where there is none.

        Whoever serves at the mission has none, also where they were posted there after they had accepted.
        """
        if rules.is_conflicted(user, case.mission):
            return None
        mandate = Mandate.objects.in_force().held_by(user).filter(_for(case)).widest_first().first()
        return mandate.right if mandate else None

    def has_ended(self, user: Any, case: Case) -> bool:
        application = VisaApplication.objects.filter(case=case).first()
        return application is not None and rules.has_lost(user, application)

    def names(self, case: Case) -> Mapping[int, str]:
        ever = User.objects.filter(mandates_held__in=Mandate.objects.filter(_for(case)))
        return {user.pk: str(user) for user in ever}

    def helped_with(self, user: Any) -> Iterable[QuerySet[Any]]:
        """Two subqueries: PostgreSQL goes from the mandates of a user to their cases, not through all cases."""
        yield Case.objects.filter(application__mandates__holder=user).values("pk")
        yield Case.objects.filter(application__party__mandates__holder=user).values("pk")

    def to_tell(self, case: Case) -> Iterable[User]:
        acting = Mandate.objects.in_force().filter(_for(case), scope=Scope.ACT)
        return User.objects.filter(mandates_held__in=acting).distinct()

    def manage_url(self, case: Case) -> str:
        application = getattr(case, "application", None)
        return reverse("applications:mandates", args=[application.pk]) if application else ""


def _for(case: Case) -> Q:
    return Q(application__case=case) | Q(party__members__case=case)


def open_under_mandates(user: Any) -> list[tuple[VisaApplication, Mandate]]:
    """Return what a user may open of others, the newest first, each with the widest mandate for it."""
    held = list(Mandate.objects.in_force().held_by(user).widest_first())
    if not held:
        return []
    about = Q(pk__in=[each.application_id for each in held if each.application_id])
    about |= Q(party__in=[each.party_id for each in held if each.party_id])
    found = VisaApplication.objects.filter(about).select_related("case__mission").order_by("-created_at")
    return [(each, next(mandate for mandate in held if mandate.is_for(each))) for each in found]
