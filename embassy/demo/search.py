"""The search of the demonstration: words for the same thing, and an index of what has been loaded."""

from embassy.search.actions import load_synonyms, refresh


def load() -> None:
    load_synonyms()
    refresh()
