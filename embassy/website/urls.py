from django.urls import path, register_converter

from embassy.website import (
    checker_views,
    feeds,
    fees_views,
    nodes,
    paper_views,
    posts_views,
    reaching,
    views,
    whole,
)
from embassy.website.converters import CategoryConverter, PageConverter

register_converter(CategoryConverter, "category")
register_converter(PageConverter, "page")

app_name = "website"

urlpatterns = [
    path("", views.home, name="home"),
    path("visas/", views.visa_list, name="visa_list"),
    path("visas/check/", checker_views.checker, name="checker"),
    path(
        "visas/check/<str:nationality>/<str:document>/<str:purpose>/<str:days>/<str:on>/",
        checker_views.checker_answer,
        name="checker_answer",
    ),
    path(
        "visas/check/<str:nationality>/<str:document>/<str:purpose>/<str:days>/<str:on>/checklist.pdf",
        paper_views.checklist,
        name="checklist_pdf",
    ),
    path("visas/fees/", fees_views.fees, name="fees"),
    path("visas/fees/calculator/", fees_views.fee_calculator, name="fee_calculator"),
    path("visas/processing-times/", fees_views.processing_times, name="processing_times"),
    path("visas/<category:code>/", views.visa_detail, name="visa_detail"),
    path("posts/", posts_views.post_list, name="post_list"),
    path("posts/find/", posts_views.post_find, name="post_find"),
    path(
        "posts/find/<str:residence>/<str:nationality>/<str:service>/",
        posts_views.post_answer,
        name="post_answer",
    ),
    path("posts/<slug:code>/", posts_views.post_detail, name="post_detail"),
    path("posts/<slug:code>/calendar.ics", posts_views.post_calendar, name="post_calendar"),
    path("posts/<slug:code>/wallet-card.pdf", paper_views.wallet_card, name="wallet_card"),
    path("privacy/", views.page_privacy, name="page_privacy"),
    path("accessibility/", views.page_accessibility, name="page_accessibility"),
    path("cookies/", reaching.cookies, name="page_cookies"),
    path("official-accounts/", reaching.official_accounts, name="official_accounts"),
    path("feeds/<slug:kind>.atom", feeds.feed, name="feed"),
    path("<page:path>/whole/", whole.page, name="whole"),
    path("<page:path>.txt", whole.text, name="whole_text"),
    # The last: whatever is no other page may be one that staff keep
    path("preview/<int:pk>/", nodes.preview, name="preview"),
    path("<page:path>/history/", nodes.history, name="node_history"),
    path("<page:path>/", nodes.node, name="node"),
]
