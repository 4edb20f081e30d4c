"""What this process keeps of the public things that every page is made from, by the edition's number."""

from functools import cached_property

from consular.missions.models import Mission
from embassy.content import edition, tree
from embassy.content.tree import Tree
from visas.policy import book as policy
from visas.policy.book import PolicyBook


class Shelf:
    """The law, the missions and the tree of pages of one edition, each read when it is first asked for."""

    def __init__(self, number: int) -> None:
        self.number = number

    @cached_property
    def book(self) -> PolicyBook:
        return policy.current()

    @cached_property
    def missions(self) -> tuple[Mission, ...]:
        return tuple(Mission.objects.with_times())

    @cached_property
    def tree(self) -> Tree:
        return tree.read()

    @property
    def has_tree(self) -> bool:
        """Tell whether the pages were read already: asking for them costs no query then."""
        return "tree" in vars(self)


_shelf: list[Shelf] = []


def current() -> Shelf:
    """Return what the database holds now: one query when this process has seen the edition before."""
    number = edition.number()
    for kept in _shelf:
        if number and kept.number == number:
            return kept
    fresh = Shelf(number)
    _shelf[:] = [fresh]
    return fresh


def latest() -> Shelf | None:
    """Return what this process saw last, without asking anybody; None before its first public page."""
    return next(iter(_shelf), None)
