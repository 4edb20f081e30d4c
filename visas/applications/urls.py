"""Applying for a visa: /apply/."""

from django.urls import path
from django.views.generic import RedirectView

from visas.applications import (
    copies_views,
    corrections_views,
    documents_views,
    earlier_views,
    mandates_views,
    party_views,
    passport_views,
    resume_views,
    views,
)

app_name = "applications"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="portal:home"), name="list"),
    path("new/", views.start, name="start"),
    path("resume/", resume_views.come_back, name="resume"),
    path("<uuid:application_id>/", views.tasks, name="tasks"),
    path("<uuid:application_id>/questions/<slug:page_id>/", views.page, name="page"),
    path("<uuid:application_id>/documents/", views.documents, name="documents"),
    path(
        "<uuid:application_id>/documents/<uuid:document_id>/remove/",
        views.document_remove,
        name="document_remove",
    ),
    path("<uuid:application_id>/documents/<slug:purpose>/", documents_views.document, name="document"),
    path(
        "<uuid:application_id>/documents/<slug:purpose>/arrange/",
        documents_views.document_arrange,
        name="document_arrange",
    ),
    path(
        "<uuid:application_id>/documents/<slug:purpose>/<uuid:document_id>/<int:number>/replace/",
        documents_views.document_replace,
        name="document_replace",
    ),
    path(
        "<uuid:application_id>/pages/<uuid:document_id>/<int:number>/",
        documents_views.document_page,
        name="document_page",
    ),
    path(
        "<uuid:application_id>/pages/<uuid:document_id>/<int:number>/small/",
        documents_views.document_page,
        {"small": True},
        name="document_page_small",
    ),
    path("<uuid:application_id>/party/", party_views.party, name="party"),
    path("<uuid:application_id>/party/add/", party_views.party_add, name="party_add"),
    path("<uuid:application_id>/party/leave/", party_views.party_leave, name="party_leave"),
    path("<uuid:application_id>/passport/", views.passport, name="passport"),
    path("<uuid:application_id>/earlier/", earlier_views.begin, name="earlier"),
    path("<uuid:application_id>/passport-first/", passport_views.passport_first, name="passport_first"),
    path("<uuid:application_id>/passport-first/state/", passport_views.passport_state, name="passport_state"),
    path("invitations/<slug:token>/", mandates_views.invitation, name="invitation"),
    path("mandates/<uuid:mandate_id>/give-back/", mandates_views.give_back, name="mandate_give_back"),
    path("<uuid:application_id>/mandates/", mandates_views.listed, name="mandates"),
    path("<uuid:application_id>/mandates/<uuid:mandate_id>/end/", mandates_views.end, name="mandate_end"),
    path("<uuid:application_id>/check/", views.check, name="check"),
    path("<uuid:application_id>/declaration/", views.declaration, name="declaration"),
    path("<uuid:application_id>/discard/", views.discard, name="discard"),
    path("<uuid:application_id>/submitted/", views.submitted, name="submitted"),
    path("<uuid:application_id>/correct/", corrections_views.correct, name="correct"),
    path(
        "<uuid:application_id>/correct/questions/<slug:page_id>/",
        corrections_views.correct_page,
        name="correct_page",
    ),
    path("<uuid:application_id>/correct/send/", corrections_views.correct_send, name="correct_send"),
    path("<uuid:application_id>/given/", copies_views.given, name="given"),
    path("<uuid:application_id>/given/<int:number>.json", copies_views.as_json, name="copy_json"),
    path("<uuid:application_id>/given/<int:number>.pdf", copies_views.as_pdf, name="copy_pdf"),
    path("<uuid:application_id>/receipt/", views.receipt, name="receipt"),
    path("<uuid:application_id>/code/", resume_views.code, name="code"),
    path("<uuid:application_id>/resumed/", resume_views.resumed, name="resumed"),
]
