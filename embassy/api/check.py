"""The answer to "Do I need a visa?" for programs: the same form, the same law as the page."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from embassy.api import law, schemas as s
from embassy.api.law import Row, iso
from embassy.api.problems import Problem
from embassy.website import forms
from embassy.website.content import Content
from visas.policy import rules
from visas.policy.book import NotInForce
from visas.policy.rules import Answer, FeeQuote, Question
from visas.policy.status import Outcome

PARAMETERS = {
    "nationality": "Three-letter code, as in the machine-readable zone of a passport (ICAO 9303); two letters will do.",
    "document": "Code of the travel document: see travel-documents. Without it: ordinary.",
    "purpose": "Code of the purpose: see purposes.",
    "days": "Days of the stay; those of arrival and departure count.",
    "date": "Day of arrival, YYYY-MM-DD.",
}

QUESTION = s.thing({
    "nationality": s.text("Three letters."),
    "document": s.text("Code of the travel document."),
    "purpose": s.text("Code of the purpose."),
    "days": s.whole("Days of the stay."),
    "date": s.date("Day of arrival."),
})  # fmt: skip
QUOTE = s.thing({
    "amount": s.amount("What an adult pays."),
    "full": s.amount("The fee without the exemption."),
    "currency": s.text("ISO 4217."),
    "exemption": s.maybe(s.text("Who pays nothing, if that is why.")),
})  # fmt: skip
ANSWER = {
    "question": QUESTION,
    "outcome": s.text("What is needed.", enum=list(Outcome.values)),
    "reason": s.text("Why, in one sentence."),
    "group": s.text("The group of the nationality."),
    "rule": {"$ref": "#/components/schemas/rules"},
    "category": s.maybe({"$ref": "#/components/schemas/categories"}),
    "fee": s.maybe(QUOTE),
    "documents": s.many({"$ref": "#/components/schemas/required-documents"}, "Documents to hand in."),
    "possible_documents": s.many(
        {"$ref": "#/components/schemas/required-documents"}, "Documents that depend on more than was asked."
    ),
    "online": s.yes_no("Whether to apply on this portal."),
    "posts": s.many(s.text("Code."), "Posts that take the application otherwise."),
    "target_working_days": s.maybe(s.whole("Working days in which a decision is promised.")),
    "too_long": s.yes_no("Whether no visa for the purpose covers the stay."),
    "longest": s.maybe(s.whole("The longest stay in days.")),
    "changes_on": s.maybe(s.date("Day from which the answer is another one, if the law changes.")),
    "page": s.address("The same answer for people."),
}


def answer(given: dict[str, str], content: Content) -> Row:
    question = asked(given, content)
    try:
        found = rules.requirement(question, book=content.book)
    except (NotInForce, StopIteration) as error:
        text = gettext("The law that we hold does not go back to that day.")
        raise Problem(400, gettext("Some parameters are wrong."), {"date": text}) from error
    return written(found, content)


def asked(given: dict[str, str], content: Content) -> Question:
    """Return the question in the parameters; a problem that says what is wrong with each."""
    parts = {name: given.get(name, "") for name in ("nationality", "purpose", "days")}
    document, on = given.get("document", "ordinary"), given.get("date", "")
    typed = forms.from_address(**parts, document=document, on=on)
    form = forms.CheckForm(typed, book=content.book, today=content.today)
    if form.is_valid():
        return form.question
    wrong = {"date" if name == "on" else name: str(texts[0]) for name, texts in form.errors.items()}
    raise Problem(400, gettext("Some parameters are wrong."), wrong)


def written(found: Answer, content: Content) -> Row:
    question = found.question
    return {
        "question": {
            "nationality": question.nationality,
            "document": question.document,
            "purpose": question.purpose,
            "days": question.days,
            "date": iso(question.on),
        },
        "outcome": found.rule.outcome,
        "reason": str(found.rule.reason),
        "group": found.group.code,
        "rule": law.rule(found.rule),
        "category": law.category(found.category) if found.category else None,
        "fee": quote(found.fee) if found.fee else None,
        "documents": [law.required(each) for each in found.documents],
        "possible_documents": [law.required(each) for each in found.possible_documents],
        "online": found.online,
        "posts": [each.code for each in content.offering("visas")]
        if found.category and not found.online
        else [],
        "target_working_days": found.target_working_days,
        "too_long": found.too_long,
        "longest": found.longest,
        "changes_on": iso(found.next.question.on) if found.next else None,
        "page": settings.SITE_URL + forms.address(question),
    }


def quote(fee: FeeQuote) -> dict[str, Any]:
    return {
        "amount": f"{fee.amount:.2f}",
        "full": f"{fee.full:.2f}",
        "currency": fee.currency,
        "exemption": str(fee.exemption.name) if fee.exemption else None,
    }
