"""The lock that the verbs share."""

from visas.legislation.models import Change


def lock(change: Change) -> Change:
    """Return the change as it is now, locked for this transaction."""
    return Change.objects.select_for_update(of=("self",)).select_related("author").get(pk=change.pk)
