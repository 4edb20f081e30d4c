"""Every verb starts here: lock what it is about, and ask the rules about it as it is now."""

from embassy.content.models import Node, Revision


def lock(revision: Revision) -> Revision:
    """Return the text read again, its page locked for the rest of the transaction: one verb on a page at a time."""
    lock_page(revision.node)
    return Revision.objects.select_related("node").get(pk=revision.pk)


def lock_page(node: Node) -> Node:
    return Node.objects.select_for_update().get(pk=node.pk)
