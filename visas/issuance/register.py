"""Where the status of visas is kept for the world: a place in a status list, and a leaf in the public log.

An app above this one takes the part by `use`. Without one the place is a random free one on the visa's own row,
and there is no log: everything works, and the bundle has no lists.
"""

import secrets
from typing import Any, Protocol

from visas.issuance.models import EVisa
from visas.issuance.status import Mark

LIST_LENGTH = 1 << 17


class Register(Protocol):
    """Each may be called again for the same visa, and answers the same."""

    def allot(self, evisa: EVisa) -> tuple[int, int]:
        """Return list and index of a visa; the index is random, so that it tells nothing."""

    def append_leaf(self, evisa: EVisa, seal: bytes) -> dict[str, Any] | None:
        """Enter a seal into the log and return what proves it, as JSON; None without a log."""

    def set_status(self, evisa: EVisa, mark: Mark, *, by: Any, reason: str) -> None:
        """Say from now on what a visa is worth; called in the transaction of the change."""


class OwnRow:
    """The place is kept on the visa's row alone."""

    def allot(self, evisa: EVisa) -> tuple[int, int]:
        number = EVisa.objects.filter(status_list__isnull=False).count() // (LIST_LENGTH // 2)
        taken = EVisa.objects.filter(status_list=number)
        while taken.filter(status_index=(index := secrets.randbelow(LIST_LENGTH))).exists():
            pass
        return number, index

    def append_leaf(self, evisa: EVisa, seal: bytes) -> dict[str, Any] | None:
        return None

    def set_status(self, evisa: EVisa, mark: Mark, *, by: Any, reason: str) -> None:
        """Nothing to do: `EVisa.mark` says it."""


_used: list[Register] = [OwnRow()]


def use(register: Register) -> None:
    """Keep the status of visas there; called from an app's `ready`."""
    _used[:] = [register]


def current() -> Register:
    return _used[0]
