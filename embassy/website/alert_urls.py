"""Alerts and subscriptions, under /alerts/."""

from django.urls import path, re_path

from embassy.alerts import views
from embassy.website import alert_feeds, alerts

app_name = "alerts"

KIND, COUNTRY = r"(?P<kind>[a-z]{5,10})", r"(?P<country>[A-Za-z]{3})"

urlpatterns = [
    path("", alerts.alert_list, name="list"),
    path("feed/", alert_feeds.alert_feed, name="feed"),
    re_path(rf"^feed/{KIND}/$", alert_feeds.alert_feed, name="feed_of"),
    re_path(rf"^feed/{COUNTRY}/$", alert_feeds.alert_feed, name="feed_about"),
    re_path(rf"^feed/{KIND}/{COUNTRY}/$", alert_feeds.alert_feed, name="feed_of_about"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/sent/", views.subscribe_sent, name="subscribe_sent"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("subscription/<str:token>/", views.subscription, name="subscription"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<int:year>/", alerts.alert_list, name="archive"),
    re_path(r"^(?P<reference>20\d\d-[1-9]\d{0,5})/$", alerts.alert_detail, name="detail"),
]
