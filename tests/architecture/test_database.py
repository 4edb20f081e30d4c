"""What holds for all models at once."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

OURS = ("consular", "visas", "embassy")


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


@pytest.mark.django_db
def test_no_model_changes_without_its_migration():
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


def test_constraints_are_named_as_sentences():
    names = [constraint.name for model in our_models() for constraint in model._meta.constraints]
    assert all(name.count("_") >= 2 for name in names), names
    assert len(names) == len(set(names))


def test_moments_dates_and_numbers_are_named_alike():
    """Moments end in _at (or are `at`), dates in _on, _by, _from or _until (or are `on`).

    Django's own names stay; a text of the site is shown from one moment to another.
    """
    from django.db.models import DateField, DateTimeField

    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            moment = isinstance(field, DateTimeField)
            date = isinstance(field, DateField) and not moment
            name = field.name
            if (
                moment
                and not (name == "at" or name.endswith("_at"))
                and name not in {"last_login", "date_joined", "live_from", "live_to"}
            ):
                wrong.append(f"{model.__name__}.{name}")
            if date and not (name == "on" or name.endswith(("_on", "_by", "_from", "_until", "_to"))):
                wrong.append(f"{model.__name__}.{name}")
    assert wrong == []
