"""What the page of one required document sends: an order for a page or a file, and a page that replaces another."""

from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consular.documents.actions import pages
from consular.documents.forms import UploadForm
from visas.applications import actions
from visas.applications.checklist import Item
from visas.applications.models import Evidence

MOST = 10_000  # More places than any list has: a number beyond is nobody's
LONGEST = 100  # characters of an order


class ArrangeForm(forms.Form):
    """How something shall be: a page (`number`), or without one a whole file.

    `turned` in quarters, `dropped` 1 or 0, `place` in the list. `back` is the control that was used. A button has
    but one name and value: it says both in `order`, as a query string.
    """

    file = forms.UUIDField()
    number = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    turned = forms.IntegerField(min_value=0, max_value=3, required=False)
    dropped = forms.TypedChoiceField(
        choices=[("0", ""), ("1", "")], coerce=int, empty_value=None, required=False
    )
    place = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    back = forms.ChoiceField(choices=[(each, "") for each in ("turn", "drop", "up", "down", "place")])

    def __init__(self, data: QueryDict) -> None:
        super().__init__({**data.dict(), **QueryDict(data.get("order", "")[:LONGEST]).dict()})

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        orders = [name for name in ("turned", "dropped", "place") if given.get(name) is not None]
        if len(orders) != 1 or (orders != ["place"] and not given.get("number")):
            raise forms.ValidationError("one order", code="invalid")
        return given

    def carry_out(self, evidence: Evidence, *, by: Any) -> None:
        """Do what was ordered, of a valid form."""
        given = self.cleaned_data
        number, place = given["number"], given["place"]
        if number is None or (place and evidence.document.page_count == 1):
            actions.move_file(evidence, to=place, by=by)
        elif place:
            actions.arrange(evidence, partial(pages.move, to=place), number, by=by)
        elif given["turned"] is not None:
            actions.arrange(evidence, partial(pages.turn, to=given["turned"]), number, by=by)
        else:
            actions.arrange(evidence, pages.drop if given["dropped"] else pages.restore, number, by=by)


class ReplaceForm(UploadForm):
    """One file in place of one page."""

    def __init__(self, item: Item, key: str, *args: Any) -> None:
        super().__init__(*args, kind=item.wanted.kind, prefix=key, several=False, label=_("The new page"))
