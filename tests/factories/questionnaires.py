"""Questionnaires for tests: a small one with every way in which a question can depend on another."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from consular.questionnaires.models import AnswerSheet, Questionnaire, Revision


def text(english: str) -> dict[str, str]:
    return {"en": english, "fa": f"{english} به فارسی"}


def question(name: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "label": text(name), **more}


def page(name: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "title": text(name), "questions": list(questions), **more}


def section(name: str, *pages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "title": text(name), "pages": list(pages), **more}


def choices(*values: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": text(value)} for value in values]


def questionnaire(*sections: dict[str, Any], checks: Any = (), context: Any = ()) -> dict[str, Any]:
    """Return the JSON of a questionnaire with these sections and a closing declaration."""
    return {
        "title": text("Questionnaire"),
        "context": list(context),
        "sections": list(sections),
        "closing": page("closing", question("agreed", "declaration")),
        "checks": list(checks),
    }


def small() -> dict[str, Any]:
    """Return a name; a trip with its dates in order; a host with details; a guardian for minors."""
    return questionnaire(
        section("person", page("person", question("name"), question("nickname", required=False))),
        section(
            "trip", page("trip", question("arrives", "date"), question("leaves", "date")),
        ),
        section(
            "stay",
            page("stay", question("lodging", "choice", choices=choices("hotel", "host"))),
            page("host", question("host.name"), when={"equals": ["lodging", "host"]}),
        ),
        section("minor", page("minor", question("guardian")), when={"below": ["age", 18]}),
        context=["age"],
        checks=[{"question": "leaves", "at_least": {"of": "arrives"}, "message": text("Leave after {limit}")}],
    )  # fmt: skip


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = Questionnaire

    code = factory.Sequence(lambda n: f"questionnaire-{n}")


class RevisionFactory(DjangoModelFactory):
    """A published revision; `published_at=None` makes a draft."""

    class Meta:
        model = Revision

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    content = factory.LazyFunction(small)
    published_at = factory.LazyFunction(timezone.now)


class AnswerSheetFactory(DjangoModelFactory):
    class Meta:
        model = AnswerSheet

    revision = factory.SubFactory(RevisionFactory)
