"""What is done with the index and the log."""

from embassy.search.actions.begin import load_synonyms
from embassy.search.actions.index import refresh
from embassy.search.actions.note import forget_old_searches, note

__all__ = ["forget_old_searches", "load_synonyms", "note", "refresh"]
