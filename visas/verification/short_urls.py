"""The addresses that are printed and spoken: /verify and the one behind the QR code, without a language."""

from django.urls import path

from visas.verification import views

urlpatterns = [
    path("", views.scan, name="verification_short"),
    path("<slug:number>/<slug:token>/", views.scan, name="verification_scan"),
]
