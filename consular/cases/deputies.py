"""Who acts for the applicant of a case: a service tells casework by registering. Casework never imports a service.

    deputies.of(case).right(user, case)    in what right somebody acts for the applicant today, None in none
    deputies.of(case).names(case)          who ever did, by their keys

A service that lets nobody act for anybody registers nothing. This module knows no model: the models ask it too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from consular.cases.models import Case


@dataclass(frozen=True)
class Right:
    """The right to act for somebody: for whom, until and including which day, and what it covers, in words.

    Who `may_act` answers and corrects in the applicant's place; else they only look.
    """

    for_whom: str
    until: date
    covers: str
    may_act: bool
    give_back_url: str


class Deputies(Protocol):
    """What casework asks of a service whose applicants let others act for them."""

    def right(self, user: Any, case: "Case") -> Right | None:
        """Return the right in which `user` acts for the applicant today."""

    def has_ended(self, user: Any, case: "Case") -> bool:
        """Tell whether `user` acted for the applicant, and may no longer."""

    def names(self, case: "Case") -> Mapping[int, str]:
        """Return the names of all who act, or acted, for the applicant, by their keys."""

    def helped_with(self, user: Any) -> "Iterable[QuerySet[Any]]":
        """Return the keys of the cases in which `user` acts, or acted, for the applicant, as subqueries."""

    def to_tell(self, case: "Case") -> Iterable[Any]:
        """Return the users who act for the applicant today and may answer in their place."""

    def manage_url(self, case: "Case") -> str:
        """Return where the applicant says who acts for them; '' where they cannot."""


class Nobody:
    """A service in which everybody acts for themselves."""

    def right(self, user: Any, case: "Case") -> Right | None:
        return None

    def has_ended(self, user: Any, case: "Case") -> bool:
        return False

    def names(self, case: "Case") -> Mapping[int, str]:
        return {}

    def to_tell(self, case: "Case") -> Iterable[Any]:
        return ()

    def manage_url(self, case: "Case") -> str:
        return ""


_DEPUTIES: dict[str, Deputies] = {}
_NOBODY = Nobody()


def register(kind: str, deputies: Deputies) -> None:
    """Add what a service, by the code of its kind, tells about deputies. Called from its AppConfig.ready()."""
    _DEPUTIES[kind] = deputies


def of(case: "Case") -> Deputies | Nobody:
    """Return the answers of the service that a case belongs to."""
    return _DEPUTIES.get(case.kind, _NOBODY)


def helped_with(user: Any) -> "list[QuerySet[Any]]":
    """Return, as subqueries, the keys of the cases in which `user` ever acted for the applicant."""
    return [helped for deputies in _DEPUTIES.values() for helped in deputies.helped_with(user)]
