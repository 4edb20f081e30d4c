"""Addresses without a language, where programs look for them."""

from django.urls import path

from embassy.website import sitemap, well_known

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap_index"),
    path("sitemap-<str:language>.xml", sitemap.sitemap, name="sitemap"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
]
