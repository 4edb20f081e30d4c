"""One story of the demonstration, told by the real actions in the name of its people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db.models import Q
from django.db.models.signals import pre_save
from django.utils import timezone, translation

from consular.accounts.models import User
from consular.audit.trail import record
from consular.cases import actions
from consular.cases.actions import Wanted
from consular.cases.models import Case, Request
from consular.cases.status import Outcome
from consular.documents.actions import store
from consular.documents.models import Document
from consular.notifications.actions import read
from consular.notifications.models import Message
from consular.outbox.effects import pay_off, topics
from consular.outbox.models import Effect
from consular.questionnaires import actions as questionnaires
from consular.questionnaires.filling import Entry
from consular.questionnaires.schema import Document as Form
from consular.questionnaires.values import to_json
from embassy.demo import past
from embassy.demo.files import Files, examine
from embassy.demo.stories import Step, Story
from visas.applications.actions import attach, start, submit
from visas.applications.draft import Draft
from visas.applications.models import VisaApplication
from visas.applications.rules import mission_for
from visas.policy import rules as policy

VERB = "demo.told"
A_MINUTE = timedelta(minutes=1)
LEFT_TO_THE_WORKER = "notifications.deliver"


class Telling:
    """A story with its people and rows while it is told."""

    def __init__(self, story: Story, files: Files) -> None:
        self.story, self.files = story, files

    def play(self, step: Step) -> None:
        """Let somebody do something in their language, and a minute later pay off what is owed for it."""
        who = staff(step.by) if step.by else self.applicant
        with past.at(step.moment), translation.override(who.language):
            ACTS[step.act](self, who, **step.values)
        with past.at(step.moment + A_MINUTE):
            self.pay_off()

    def pay_off(self) -> None:
        """Do what is owed for this application, but for e-mails: the worker sends those in its own time."""
        application = self.application
        files = Document.objects.of(self.applicant).values_list("pk", flat=True)
        ours = (
            Q(payload__application_id=str(application.pk))
            | Q(payload__case_id=application.case_id)
            | Q(payload__document_id__in=[str(pk) for pk in files])
        )
        due = Effect.objects.due().filter(ours).exclude(topic=LEFT_TO_THE_WORKER).order_by("pk")
        while owed := due.first():
            pay_off(owed.pk, topics()[owed.topic])

    def close(self) -> None:
        """Leave the applicant's newest message unread, and say in the trail what all this was."""
        for message in Message.objects.inbox_of(self.applicant).unread()[1:]:
            with past.at(message.posted_at):
                read(message)
        record(VERB, self.application, story=self.story.name)

    # Its people and rows

    @cached_property
    def applicant(self) -> User:
        """Return the traveller's user, made without a password where it is nobody who signs in."""
        person = self.story.traveller
        made = {"name": person.name, "language": person.language, "password": make_password(None)}
        return User.objects.get_or_create(email=person.email, defaults=made)[0]

    @property
    def application(self) -> VisaApplication:
        return VisaApplication.objects.with_sheet().get(pk=self.story.application_id)

    @property
    def case(self) -> Case:
        return Case.objects.get(reference=self.story.reference)

    @property
    def request(self) -> Request:
        """Return the question that waits for the applicant."""
        return Request.objects.open().select_related("case").get(case__reference=self.story.reference)

    # What applying takes

    def begin(self) -> None:
        """Start the draft and answer the questions, up to the section where a draft ends."""
        story = self.story
        mission = mission_for(story.traveller.residence)
        if mission is None:
            raise LookupError(f"no mission takes {story.name}")
        application = start(
            story.application_id,
            by=self.applicant,
            category=story.category,
            residence=story.traveller.residence,
            mission=mission,
        )
        asked = questions_before(story.until, application.sheet.revision.document)
        given = {name: Entry(value) for name, value in story.answers.items() if name in asked}
        questionnaires.save(application.sheet, given)

    def hand_in(self) -> None:
        """Hand in a file for everything that is asked for."""
        application = self.application
        for item in Draft.of(application).checklist.items:
            document = self.upload(item.wanted.code, item.wanted.kind)
            attach(application, [document], item=item, by=self.applicant)

    def upload(self, purpose: str, kind: str) -> Document:
        """Store a file and examine it, unless the story has it examined late."""
        file = self.files.file(self.story, purpose)
        upload = ContentFile(file.content, name=file.name)
        document = store(upload, owner=self.applicant, kind=kind)
        if purpose not in self.story.late:
            examine(document, file)
        return document

    def declare(self) -> None:
        filling = Draft.of(self.application).filling
        declared = filling.asked_on(filling.document.closing)
        questionnaires.save(self.application.sheet, {each.id: Entry(value=True) for each in declared})

    def conditions(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the conditions of an approval as a decision keeps them: what was asked for, but for `values`."""
        trip = self.application.trip
        asked = {
            "valid_from": trip.arrives_on,
            "valid_until": trip.leaves_on,
            "entries": trip.entries,
            "stay_days": trip.days,
        }
        return {name: to_json(value) for name, value in {**asked, **values}.items()}


def staff(email: str) -> User:
    found: User = User.objects.get(email=email)
    return found


def questions_before(section: str, form: Form) -> set[str]:
    """Return the ids of the questions of all sections before one, of all where there is none of that name."""
    ids = [each.id for each in form.sections]
    sections = form.sections[: ids.index(section)] if section else form.sections
    return {question.id for each in sections for page in each.pages for question in page.questions}


@contextmanager
def referred_to_as(reference: str) -> Iterator[None]:
    """Give the case that is opened meanwhile this reference, so that a README can name it."""

    def give(sender: Any, instance: Case, **kwargs: Any) -> None:
        if instance._state.adding:  # noqa: SLF001 - Django documents it
            instance.reference = reference

    pre_save.connect(give, sender=Case)
    try:
        yield
    finally:
        pre_save.disconnect(give, sender=Case)


# What people do -------------------------------------------------------------------------------


def begin(telling: Telling, who: User) -> None:
    telling.begin()


def apply(telling: Telling, who: User) -> None:
    telling.begin()
    telling.hand_in()
    telling.declare()
    with referred_to_as(telling.story.reference):
        submit(telling.application, by=who, language=who.language)


def claim(telling: Telling, who: User) -> None:
    actions.claim(telling.case, by=who)


def note(telling: Telling, who: User, text: str) -> None:
    actions.add_note(telling.case, by=who, text=text)


def ask(telling: Telling, who: User, days: int, items: list[dict[str, str]]) -> None:
    """Ask for `items` (text, and the purpose of a document if it is one), to be answered within `days`."""
    answer_by = timezone.localdate() + timedelta(days)
    actions.ask(telling.case, by=who, items=[Wanted(**item) for item in items], answer_by=answer_by)


def answer(telling: Telling, who: User, texts: list[str]) -> None:
    """Answer the open question: with the texts in their order, and with a file for each document."""
    request, texts = telling.request, texts[::-1]
    wanted = list(request.items.all())
    actions.answer(
        request,
        by=who,
        texts={item.pk: texts.pop() for item in wanted if not item.purpose},
        documents={
            item.pk: [telling.upload(item.purpose, policy.document(item.purpose).kind)]
            for item in wanted
            if item.purpose
        },
    )


def let_time_pass(telling: Telling, who: User) -> None:
    actions.expire(telling.request)


def recommend_approval(telling: Telling, who: User, reason: str, **conditions: Any) -> None:
    granted = telling.conditions(conditions)
    actions.recommend(telling.case, by=who, outcome=Outcome.APPROVE, reason=reason, conditions=granted)


def recommend_refusal(telling: Telling, who: User, reason: str, grounds: list[str]) -> None:
    actions.recommend(telling.case, by=who, outcome=Outcome.REFUSE, reason=reason, grounds=grounds)


def send_back(telling: Telling, who: User, reason: str) -> None:
    actions.send_back(telling.case, by=who, reason=reason)


def approve(telling: Telling, who: User, reason: str = "", **conditions: Any) -> None:
    granted = telling.conditions(conditions)
    actions.decide(telling.case, by=who, outcome=Outcome.APPROVE, reason=reason, conditions=granted)


def refuse(telling: Telling, who: User, grounds: list[str], reason: str = "") -> None:
    actions.decide(telling.case, by=who, outcome=Outcome.REFUSE, reason=reason, grounds=grounds)


def withdraw(telling: Telling, who: User) -> None:
    actions.withdraw(telling.case, by=who)


ACTS: dict[str, Callable[..., None]] = {
    act.__name__: act
    for act in (
        begin, apply, claim, note, ask, answer, let_time_pass, recommend_approval, recommend_refusal,
        send_back, approve, refuse, withdraw,
    )
}  # fmt: skip
