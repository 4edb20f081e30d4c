"""The trust bundle, for any page and program that checks visas without asking about one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from visas.seals.bundle import bundle
from visas.seals.shared import shared
from visas.seals.signing import NoKeyError

KEPT_FOR = 60  # seconds, by whoever reads it: what is revoked is known after a minute
MEDIA_TYPE = "application/jose"


@require_safe
@login_not_required
def trust_bundle(request: HttpRequest) -> HttpResponse:
    """Serve the bundle as of this minute. Its ETag is that of what it says: each signature is another."""
    try:
        made = bundle(timezone.now().replace(second=0, microsecond=0))
    except NoKeyError:
        return HttpResponse(status=503)
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    return shared(request, response, seconds=KEPT_FOR, says=made.split(b".")[1])
