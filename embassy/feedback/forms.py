"""The two questions about a page."""

from django.utils.translation import gettext_lazy as _

from consular.ui.fields import CharField, YesNoField
from consular.ui.forms import Form
from embassy.feedback.models import LONGEST


class RemarkForm(Form):
    is_useful = YesNoField(
        label=_("Was this page useful?"),
        called=_("whether the page was useful"),
        required_message=_("Select yes if the page was useful"),
    )
    text = CharField(
        label=_("What were you looking for, or what went wrong?"),
        help_text=_(
            "Do not write your name, e-mail address, telephone or passport number. We cannot answer you here."
        ),
        multiline=True,
        max_length=LONGEST,
        required=False,
    )
