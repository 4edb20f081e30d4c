"""Pages for developers, under /<language>/dev/: routed only where `settings.DEVELOPER_PAGES` says so."""

from django.urls import path

from consular.ui.views import gallery
from embassy.demo import views

app_name = "demo"
urlpatterns = [
    path("components/", gallery, name="components"),
    path("samples/", views.sample_list, name="sample_list"),
    path("samples/<slug:code>/<str:name>", views.sample_file, name="sample_file"),
    path("mail/", views.mail_list, name="mail_list"),
    path("mail/<str:name>/", views.mail_detail, name="mail_detail"),
]
