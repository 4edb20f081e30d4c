"""Take a translator's file back: a draft translation of the English text that it was made from."""

from typing import Any

from django.db import transaction

from consular.audit.trail import record
from consular.lib.refusal import RefusedError, allow
from embassy.content import po, rules
from embassy.content.actions.write import Words, begin, save
from embassy.content.models import Node, Revision
from embassy.content.status import Obstacle


@transaction.atomic
def bring_in(node: Node, language: str, file: bytes, *, by: Any) -> Revision:
    """Make the file the open draft of a page; `po.UnusableError` says what is wrong with a file."""
    allow(None if rules.may_write(by, language) else Obstacle.NOT_ALLOWED)
    source = rules.source_of(node)
    if source is None:
        raise RefusedError(Obstacle.NO_SOURCE)
    found = po.read(file, source, language)
    words = Words(found["title"], found["summary"], found["body"])
    standing = Revision.objects.open().filter(node=node, language=language).first()
    if standing:
        draft = save(standing, words, by=by, version=standing.version, translates=source)
    else:
        draft = begin(node, language, words, by=by, translates=source)
    record("text.brought_in", draft, by=by, source=source.pk)
    return draft
