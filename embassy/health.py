"""Is the portal alive, and can it serve? For load balancers and `run.py`; says nothing about its insides."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from consular.documents import scanning
from consular.outbox.models import Effect

TOO_OLD = timedelta(minutes=5)


@require_safe
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Answer without touching anything."""
    return JsonResponse({"live": True})


@require_safe
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, is migrated, and no owed work is older than five minutes; else 503."""
    checks = {"database": False, "migrated": False, "outbox": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["outbox"] = checks["migrated"] and Effect.objects.oldest_age() < TOO_OLD
    except OperationalError:
        pass
    is_ready = all(checks.values())
    if scanning.is_set_up():  # Without it files wait, and everything else goes on
        checks["scanner"] = scanning.answers()
    return JsonResponse(checks, status=200 if is_ready else 503)
