"""The page that checks visas without a connection. Its addresses stand outside the languages: /v is printed."""

from django.urls import path

from visas.verification import offline_views

urlpatterns = [
    path("", offline_views.page, name="verifier"),
    path("/", offline_views.page, name="verifier_root"),
    path("/sw.js", offline_views.worker, name="verifier_worker"),
    path("/<slug:language>/", offline_views.page, name="verifier_in"),
]
