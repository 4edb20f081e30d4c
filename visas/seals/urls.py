"""What checkers fetch, without a language: under /v/."""

from django.urls import path

from visas.seals import views

urlpatterns = [path("bundle.jws", views.trust_bundle, name="trust_bundle")]
