"""What the automatic checks of a case found: evidence for the officer, never a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consular.cases.models.case import Case
from consular.cases.status import CheckResult


class Check(models.Model):
    """The newest result of one check (`code`). `evidence` is a list of [code, value], in the order of the finding."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="checks")
    code = models.SlugField(_("check"))
    result = models.CharField(_("result"), max_length=10, choices=CheckResult)
    evidence = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="case_has_one_result_of_each_check")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.code} {self.result}"
