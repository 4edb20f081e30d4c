"""The applicant's own pages, under /my/, and the status of a case for who has no account, under /status/."""

from django.urls import path, register_converter

from consular.portal import status_views, views
from consular.portal.converters import ReferenceConverter

register_converter(ReferenceConverter, "reference")

app_name = "portal"
urlpatterns = [
    path("my/", views.home, name="home"),
    path("my/messages/", views.inbox, name="inbox"),
    path("my/messages/<uuid:message_id>/", views.message, name="message"),
    path("my/<reference:reference>/", views.case_detail, name="case_detail"),
    path("my/<reference:reference>/state/", views.case_state, name="case_state"),
    path("my/<reference:reference>/answer/", views.case_answer, name="case_answer"),
    path(
        "my/<reference:reference>/answer/<int:attachment_id>/remove/",
        views.answer_remove,
        name="answer_remove",
    ),
    path("my/<reference:reference>/withdraw/", views.case_withdraw, name="case_withdraw"),
    path("status/", status_views.status, name="status"),
    path("status/<reference:reference>/", status_views.status_result, name="status_result"),
    path("status/<reference:reference>/state/", status_views.status_state, name="status_state"),
]
