"""Every verb starts here: lock what it is about, and ask the rules about it as it is now."""

from embassy.content.models import Node, Revision
from embassy.content.status import Obstacle


class RefusedError(Exception):
    """The rules do not allow it. `obstacle` says why, in words that a page can show."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle

    @property
    def reason(self) -> str:
        """Return the reason in the active language."""
        return str(self.obstacle.label)


def allow(obstacle: Obstacle | None) -> None:
    if obstacle:
        raise RefusedError(obstacle)


def lock(revision: Revision) -> Revision:
    """Return the text read again, its page locked for the rest of the transaction: one verb on a page at a time."""
    lock_page(revision.node)
    return Revision.objects.select_related("node").get(pk=revision.pk)


def lock_page(node: Node) -> Node:
    return Node.objects.select_for_update().get(pk=node.pk)
