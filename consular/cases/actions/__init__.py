"""The verbs of casework, one transaction each."""

from consular.cases.actions.answer import answer, attach, detach, save_answers, send_answer
from consular.cases.actions.ask import Wanted, ask, question_context, take_back
from consular.cases.actions.assign import claim, next_case, release, take_over
from consular.cases.actions.check import run_checks
from consular.cases.actions.correct import Subject, correct
from consular.cases.actions.decide import decide
from consular.cases.actions.expire import expire, owe_expiries
from consular.cases.actions.note import add_note
from consular.cases.actions.open import open_case
from consular.cases.actions.recommend import recommend, send_back
from consular.cases.actions.withdraw import withdraw
from consular.lib.refusal import RefusedError

__all__ = [
    "RefusedError",
    "Subject",
    "Wanted",
    "add_note",
    "answer",
    "ask",
    "attach",
    "claim",
    "correct",
    "decide",
    "detach",
    "expire",
    "next_case",
    "open_case",
    "owe_expiries",
    "question_context",
    "recommend",
    "release",
    "run_checks",
    "save_answers",
    "send_answer",
    "send_back",
    "take_back",
    "take_over",
    "withdraw",
]
