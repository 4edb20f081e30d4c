"""Answer a section as another traveller of the party does, until somebody answers it apart.

Whoever writes in a party, submits or discards in it, holds its row first, then the application, then the mandate,
then the sheet: two people who act at once do so one after the other.
Nothing that was given is lost: what somebody had answered stands back in the row OWN, and comes back with `answer_apart`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q

from consular.audit.trail import record
from consular.questionnaires.actions import SheetIsFrozenError, save
from consular.questionnaires.filling import Entry, Filling
from consular.questionnaires.models import OWN, Answer, AnswerSheet
from visas.applications import same_as
from visas.applications.actions.lock import lock_draft
from visas.applications.context import answers_of
from visas.applications.models import Party, SameAs, VisaApplication
from visas.applications.party import companions


class NotAlikeError(Exception):
    """This cannot be answered as the other does: everybody answers it alone, or the other answers as this one does."""


@transaction.atomic
def answer_alike(application: VisaApplication, section: str, other: VisaApplication, *, by: Any) -> None:
    """Answer a section as `other` does, now and whenever they change it; as a submitted one did, once."""
    hold(application)
    application = lock_draft(application, by=by)
    other = _companion(application, other)
    if not same_as.sources(application.sheet.revision.document, section) or _follows(
        other, section, application
    ):
        raise NotAlikeError(section)
    application.alike.filter(section=section).delete()
    if not other.is_submitted:
        application.alike.create(section=section, other=other)
    record(
        "application.alike", application, by=by,
        section=section, other=str(other.pk), **application.on_behalf(by),
    )  # fmt: skip
    if _take(application, answers_of(other), [section], by=by):
        pass_on(application, by=by)


def _companion(application: VisaApplication, other: VisaApplication) -> VisaApplication:
    """Return the other one as they are now; NotAlikeError if they are nobody else of the same party."""
    found = companions(application).exclude(pk=application.pk).filter(pk=other.pk).first()
    if found is None:
        raise NotAlikeError(other.pk)
    return found


def _follows(other: VisaApplication, section: str, application: VisaApplication) -> bool:
    """Tell whether the other answers the section, perhaps through more of the party, as this one does."""
    of_section = SameAs.objects.filter(section=section, application__party=application.party_id)
    links = dict(of_section.values_list("application", "other"))
    follower, steps = other.pk, len(links)
    while follower in links and steps:
        follower, steps = links[follower], steps - 1
        if follower == application.pk:
            return True
    return False


@transaction.atomic
def answer_apart(application: VisaApplication, section: str, *, by: Any) -> None:
    """Answer a section alone from now on; what the traveller had answered before comes back, all else stays."""
    hold(application)
    application = lock_draft(application, by=by)
    if application.alike.filter(section=section).delete()[0]:
        _tell_apart(application, section, by=by)
        if _bring_back(application, section, by=by):
            pass_on(application, by=by)


def _bring_back(application: VisaApplication, section: str, *, by: Any) -> bool:
    document = application.sheet.revision.document
    stood_back = application.sheet.answers.filter(row=OWN, question__in=same_as.sources(document, section))
    given = {each.question: _restored(document.questions[each.question], each) for each in stood_back}
    if given:
        save(application.sheet, given, by=application.acting(by))
        stood_back.delete()
    return bool(given)


def _restored(question: Any, answer: Answer) -> Entry:
    known = Entry(answer.value, answer.typed, answer.source, unseen=True)
    return same_as.fit(question, known)


@contextmanager
def followed(
    application: VisaApplication, sheet: AnswerSheet, entries: Mapping[str, Entry], *, by: Any
) -> Iterator[None]:
    """Let the party follow what is saved inside: in the same transaction, or not at all.

    Who answers apart from whom they followed ends that; who follows this traveller is answered for.
    """
    if application.party_id is None or sheet.pk != application.sheet_id:
        yield
        return
    hold(application)
    _end_where_apart(application, entries, by=by)
    yield
    pass_on(application, by=by)


def _end_where_apart(application: VisaApplication, entries: Mapping[str, Entry], *, by: Any) -> None:
    links = list(application.alike.all())
    before = application.sheet.entries() if links else {}
    for link in links:
        if same_as.answered_apart(application.sheet.revision.document, link.section, before, entries):
            link.delete()
            _tell_apart(application, link.section, by=by)


def _tell_apart(application: VisaApplication, section: str, *, by: Any) -> None:
    record("application.apart", application, by=by, section=section, **application.on_behalf(by))


def pass_on(application: VisaApplication, *, by: Any) -> None:
    """Answer for those who answer as this traveller does, and for those who answer as they do.

    It comes to an end also in a circle: who has these answers already is not asked further.
    """
    sections: dict[Any, list[str]] = defaultdict(list)
    for link in application.followers.filter(application__submitted_at=None):
        sections[link.application_id].append(link.section)
    followers = VisaApplication.objects.to_write().filter(pk__in=sections) if sections else ()
    filling = answers_of(application) if sections else None
    for follower in followers:
        if filling and _take(follower, filling, sections[follower.pk], by=by):
            pass_on(follower, by=by)


def _take(mine: VisaApplication, other: Filling, sections: Collection[str], *, by: Any) -> bool:
    """Write what is new for one who answers as the other does; tell whether there was anything."""
    filling = answers_of(mine)
    given = same_as.taken(filling, other, sections)
    own = [name for name in given if name in filling.entries and same_as.is_own(filling.entries[name])]
    stand_back = list(mine.sheet.answers.filter(row=0, question__in=own)) if own else []
    try:
        if given:
            save(mine.sheet, given, by=mine.acting(by))
    except (SheetIsFrozenError, AnswerSheet.DoesNotExist):  # Submitted or thrown away meanwhile
        return False
    _stand_back([each for each in stand_back if _differs(each, given[each.question], filling)])
    return bool(given)


def _differs(answer: Answer, entry: Entry, before: Filling) -> bool:
    return same_as.says(before.entries[answer.question]) != same_as.says(entry)


def _stand_back(answers: Collection[Answer]) -> None:
    for each in answers:
        each.pk, each.row = None, OWN
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["sheet", "question", "row"],
        update_fields=["value", "typed", "source", "saved_at", "saved_by"],
    )


def hold(application: VisaApplication) -> None:
    """Let nobody else write in the party for the rest of the transaction; it may be gone with its last traveller."""
    if application.party_id:
        Party.objects.select_for_update(no_key=True).filter(pk=application.party_id).first()


def part(application: VisaApplication) -> None:
    """End every link from and to a traveller: the answers stay. Call it inside the transaction that submits."""
    if application.party_id:
        SameAs.objects.filter(Q(application=application) | Q(other=application)).delete()
