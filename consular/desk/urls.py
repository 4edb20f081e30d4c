"""The bench's own pages, inside the admin: `admin:desk:<name>`."""

from typing import Any

from django.contrib.admin import site
from django.urls import URLPattern, path

from consular.desk.views import acts, case, documents

app_name = "desk"
CASE = "cases/case/<slug:reference>/"


def page(route: str, view: Any, name: str) -> URLPattern:
    guarded: Any = site.admin_view(view)
    made: URLPattern = path(route, guarded, name=name)
    return made


urlpatterns = [
    page("cases/next/", acts.next_case, "case_next"),
    page(CASE, case.detail, "case_detail"),
    page(f"{CASE}claim/", acts.Claim.as_view(), "case_claim"),
    page(f"{CASE}release/", acts.Release.as_view(), "case_release"),
    page(f"{CASE}take-over/", acts.TakeOver.as_view(), "case_take_over"),
    page(f"{CASE}note/", acts.AddNote.as_view(), "case_note"),
    page(f"{CASE}ask/", acts.Ask.as_view(), "case_ask"),
    page(f"{CASE}take-back/", acts.TakeBack.as_view(), "case_take_back"),
    page(f"{CASE}recommend/approval/", acts.RecommendApproval.as_view(), "case_recommend_approval"),
    page(f"{CASE}recommend/refusal/", acts.RecommendRefusal.as_view(), "case_recommend_refusal"),
    page(f"{CASE}send-back/", acts.SendBack.as_view(), "case_send_back"),
    page(f"{CASE}approve/", acts.Approve.as_view(), "case_approve"),
    page(f"{CASE}refuse/", acts.Refuse.as_view(), "case_refuse"),
    page(f"{CASE}documents/<uuid:document_id>/pages/<int:number>/", documents.page, "document_page"),
    page(
        f"{CASE}documents/<uuid:document_id>/pages/<int:number>/small/",
        documents.thumbnail,
        "document_thumbnail",
    ),
    page(f"{CASE}documents/<uuid:document_id>/copy/", documents.copy, "document_copy"),
    page(f"{CASE}documents/<uuid:document_id>/original/", documents.Original.as_view(), "document_original"),
]
