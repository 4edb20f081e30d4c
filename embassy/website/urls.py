from django.urls import path, register_converter

from embassy.website import nodes, views
from embassy.website.converters import CategoryConverter, PageConverter

register_converter(CategoryConverter, "category")
register_converter(PageConverter, "page")

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
    path("visas/<category:code>/", views.visa_detail, name="visa_detail"),
    path("posts/", views.post_list, name="post_list"),
    path("privacy/", views.page_privacy, name="page_privacy"),
    path("accessibility/", views.page_accessibility, name="page_accessibility"),
    # The last: whatever is no other page may be one that staff keep
    path("<page:path>/history/", nodes.history, name="node_history"),
    path("<page:path>/", nodes.node, name="node"),
]
