"""The pages of the editor, inside the admin: `admin:questionnaires:<name>`."""

from typing import Any

from django.contrib.admin import site
from django.urls import URLPattern, path

from consular.questionnaires.editing.views import reading, revisions, writing

app_name = "questionnaires"
REVISION = "revisions/<int:pk>/"


def page(route: str, view: Any, name: str) -> URLPattern:
    guarded: Any = site.admin_view(view)
    made: URLPattern = path(route, guarded, name=name)
    return made


urlpatterns = [
    page("<int:pk>/revisions/", revisions.overview, "overview"),
    page("<int:pk>/begin/", revisions.begin, "begin"),
    page(REVISION, revisions.outline, "outline"),
    page(f"{REVISION}changes/", reading.publish, "publish"),
    page(f"{REVISION}give-up/", revisions.discard, "discard"),
    page(f"{REVISION}preview/<slug:page>/<slug:language>/", reading.preview, "preview"),
    page(f"{REVISION}piece/<path:where>/", writing.Piece.as_view(), "piece"),
    page(f"{REVISION}add/<slug:name>/<path:where>/", writing.Add.as_view(), "add"),
    page(f"{REVISION}move/<path:where>/", writing.move, "move"),
    page(f"{REVISION}remove/<path:where>/", writing.remove, "remove"),
]
