from django.urls import path

from visas.verification import sharing_views, views

app_name = "verification"

urlpatterns = [
    path("", views.check, name="check"),
    path("share/", sharing_views.share, name="share"),
    path("shares/<uuid:application_id>/", sharing_views.shares, name="shares"),
    path("shares/<uuid:application_id>/<uuid:share_id>/end/", sharing_views.stop, name="share_stop"),
    path("<slug:number>/<slug:token>/", views.code, name="code"),
]
