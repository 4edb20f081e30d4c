"""The applicant's way to the paper."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consular.audit.trail import record
from consular.lib.ended import RightEndedError
from visas.applications.rules import has_lost
from visas.issuance import rules
from visas.issuance.models import EVisa


@require_safe
@never_cache
def download(request: HttpRequest, number: str) -> FileResponse:
    """Serve the PDF to its applicant; to anybody else there is no such page."""
    evisa = get_object_or_404(EVisa.objects.select_related("application"), number=number)
    if not rules.may_download(request.user, evisa):
        raise RightEndedError if has_lost(request.user, evisa.application) else Http404
    record(
        "evisa.downloaded",
        evisa,
        by=request.user,
        number=evisa.number,
        **evisa.application.on_behalf(request.user),
    )
    return FileResponse(evisa.paper.open("rb"), as_attachment=True, filename=f"evisa-{evisa.number}.pdf")
