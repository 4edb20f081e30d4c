"""Who wants to know that a document was processed. Files know nothing of cases; cases register here.

    @on_processed
    def check_again(document: Document) -> None: ...

Listeners run inside the transaction that settles the document: they owe work, they do none.
"""

from collections.abc import Callable

from consular.documents.models import Document

Listener = Callable[[Document], None]

_listeners: list[Listener] = []


def on_processed(listener: Listener) -> Listener:
    """Call `listener(document)` whenever a document has become clean or was refused."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def forget(listener: Listener) -> None:
    """Stop calling a listener; for tests."""
    _listeners.remove(listener)


def tell(document: Document) -> None:
    """Tell every listener that `document` is settled."""
    for listener in _listeners:
        listener(document)
