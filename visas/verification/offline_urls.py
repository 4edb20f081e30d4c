"""The page that checks visas without a connection. Its addresses stand outside the languages: /v is printed."""

from django.urls import path

from visas.verification import offline_views

urlpatterns = [
    path("v", offline_views.page, name="verifier"),
    path("v/", offline_views.page, name="verifier_root"),
    path("v/sw.js", offline_views.worker, name="verifier_worker"),
    path("v/<slug:language>/", offline_views.page, name="verifier_in"),
]
