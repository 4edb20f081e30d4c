"""The automatic check that shows the officer that somebody changed who they are."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from consular.cases.kinds import BESIDE, Finding
from consular.cases.status import CheckResult
from visas.applications.checks import plain
from visas.applications.copies import versions
from visas.applications.models import VisaApplication

LABELS = {
    "identity-corrected": _("Name, date of birth, nationality or passport number corrected after submitting"),
    "name_native": _("Name in native script"),
}

# The identity's questions, by the codes of what checks compare
CODES = {
    "name.surname": "surname",
    "name.given": "given_names",
    "name.native": "name_native",
    "birth.on": "birth_on",
    "nationality.current": "nationality",
    "passport.number": "number",
}


def findings(application: VisaApplication) -> Iterator[Finding]:
    """Yield one finding, with old beside new, when the identity is not what was submitted first."""
    known = versions(application)
    if len(known) == 1:
        return
    was, now = known[0].filling.submitted(), known[-1].filling.submitted()
    evidence = {
        code: f"{plain(was.get(name) or '')}{BESIDE}{plain(now.get(name) or '')}"
        for name, code in CODES.items()
        if was.get(name) != now.get(name)
    }
    if evidence:
        yield Finding("identity-corrected", CheckResult.LOOK, evidence)
