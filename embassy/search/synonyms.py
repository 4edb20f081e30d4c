"""Words for the same thing, read once for every edition of the site."""

from collections import defaultdict
from functools import lru_cache

from embassy.content import edition
from embassy.search.models import Synonym
from embassy.search.vectors import Synonyms


def current_synonyms() -> Synonyms:
    """Return for each form the forms that mean the same; one query when this process has read them already."""
    return of_edition(edition.number())


@lru_cache(maxsize=1)
def of_edition(number: int) -> Synonyms:
    found: dict[str, set[str]] = defaultdict(set)
    for forms in Synonym.objects.values_list("forms", flat=True):
        for form in forms:
            found[form] |= set(forms)
    return {form: frozenset(same) for form, same in found.items()}
