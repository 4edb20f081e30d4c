"""A page of the questionnaire while it is corrected: it has the questions that may still be changed."""

from typing import Any

from consular.questionnaires.filling import Filling
from consular.questionnaires.forms import PageForm
from consular.questionnaires.schema import Page, Question
from visas.applications.corrections import may_change, part_of


class CorrectionForm(PageForm):
    """As `PageForm`; what may not be changed while the case is in `status` is neither shown nor taken in."""

    def __init__(
        self, page: Page, filling: Filling, data: Any = None, *, status: str, more: str = ""
    ) -> None:
        self.allowed = may_change(status)
        super().__init__(page, filling, data, more=more)

    def _wanted(self, data: Any) -> list[Question]:
        closing = self.filling.document.closing.questions
        return [
            question
            for question in super()._wanted(data)
            if part_of(question.id) in self.allowed and question not in closing
        ]
