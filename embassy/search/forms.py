"""What somebody looks for."""

from django.utils.translation import gettext_lazy as _

from consular.ui.fields import CharField, ChoiceField
from consular.ui.forms import Form
from embassy.search.status import Kind

LONGEST = 200


class SearchForm(Form):
    q = CharField(
        label=_("What are you looking for?"),
        called=_("what you are looking for"),
        help_text=_("A few words, in any of our languages"),
        max_length=LONGEST,
        required_message=_("Enter what you are looking for"),
    )
    kind = ChoiceField(
        label=_("Show"),
        called=_("kind"),
        select=True,
        required=False,
        choices=[("", _("Everything")), *Kind.choices],
    )
