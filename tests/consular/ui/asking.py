"""A form with one field, for asking what a field makes of what was posted."""

from django.http import QueryDict

from consular.ui.forms import Form


def form_with(field, data=None, files=None, **kwargs):
    kind = type("OneField", (Form,), {"answer": field})
    return kind(data, files, **kwargs)


def posted(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def cleaned(field, value):
    """Return what the field makes of `value`; a value that is refused fails the test with the message."""
    form = form_with(field, posted(answer=value))
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


def refusal(field, value):
    """Return the one message with which the field refuses `value`."""
    form = form_with(field, posted(answer=value))
    assert not form.is_valid(), form.cleaned_data
    assert len(form.errors["answer"]) == 1
    return form.errors["answer"][0]


def html(field, value=None):
    """Draw the field, with `value` posted if it is given."""
    form = form_with(field, None if value is None else posted(answer=value))
    return form["answer"].as_field_group()
