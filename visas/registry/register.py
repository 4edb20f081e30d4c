"""The register as issuing sees it (`visas.issuance.register.Register`)."""

from typing import Any, Protocol

from visas.registry import actions


class Visa(Protocol):
    number: Any


class Registry:
    """Keeps the status of visas in status lists, and their seals in the log."""

    def allot(self, evisa: Visa) -> tuple[int, int]:
        return actions.allot(evisa.number)

    def append_leaf(self, evisa: Visa, seal: bytes) -> dict[str, Any] | None:
        return actions.append_leaf(evisa.number, seal)

    def set_status(self, evisa: Visa, mark: int, *, by: Any, reason: str) -> None:
        actions.set_status(evisa.number, int(mark), by=by, reason=reason)
