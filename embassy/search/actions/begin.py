"""Give a site that begins words for the same thing."""

import tomllib
from pathlib import Path

from embassy.search.models import Synonym

FILE = Path(__file__).resolve().parent.parent / "synonyms.toml"


def load_synonyms() -> None:
    """Write the groups of the file unless there are any already: from then on they are the staff's."""
    if Synonym.objects.exists():
        return
    for words in tomllib.loads(FILE.read_text(encoding="utf-8"))["groups"]:
        Synonym.objects.create(words=words)
