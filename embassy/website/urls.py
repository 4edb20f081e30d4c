from django.urls import path

from embassy.website import views

app_name = "website"

urlpatterns = [
    path("", views.home, name="home"),
    path("visas/", views.visa_list, name="visa_list"),
    path("visas/check/", views.checker, name="checker"),
    path(
        "visas/check/<str:nationality>/<str:document>/<str:purpose>/<str:days>/<str:on>/",
        views.checker_answer,
        name="checker_answer",
    ),
    path("visas/<slug:code>/", views.visa_detail, name="visa_detail"),
    path("posts/", views.post_list, name="post_list"),
    path("privacy/", views.page_privacy, name="page_privacy"),
    path("accessibility/", views.page_accessibility, name="page_accessibility"),
]
