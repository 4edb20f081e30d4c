"""The pages about pages, inside the admin: `admin:content:<name>`."""

from typing import Any

from django.contrib.admin import site
from django.urls import URLPattern, path

from embassy.content.views import overview, papers, reading, writing

app_name = "content"
PAGE, TEXT = "<int:pk>/", "texts/<int:pk>/"


def page(route: str, view: Any, name: str) -> URLPattern:
    guarded: Any = site.admin_view(view)
    made: URLPattern = path(route, guarded, name=name)
    return made


urlpatterns = [
    page("languages/", overview.table, "coverage"),
    page(f"{PAGE}texts/", overview.page, "page"),
    page(f"{PAGE}reviewed/", overview.reviewed, "reviewed"),
    page(f"{PAGE}texts/<str:language>/write/", writing.Write.as_view(), "write"),
    page(f"{PAGE}texts/<str:language>/take-down/", overview.take_down, "take_down"),
    page(f"{PAGE}texts/<str:language>/export/", papers.export, "export"),
    page(f"{PAGE}texts/<str:language>/import/", papers.bring_in, "bring_in"),
    page(TEXT, reading.text, "text"),
    page(f"{TEXT}approve/", reading.approve, "approve"),
    page(f"{TEXT}send-back/", reading.send_back, "send_back"),
    page(f"{TEXT}hand-in/", reading.hand_in, "hand_in"),
    page(f"{TEXT}discard/", reading.discard, "discard"),
    page(f"{TEXT}restore/", reading.restore, "restore"),
]
