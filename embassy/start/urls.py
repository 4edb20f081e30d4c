from typing import Any

from django.contrib.admin import site
from django.urls import path

from embassy.start import views

app_name = "start"
checklist: Any = site.admin_view(views.start)

urlpatterns = [path("", checklist, name="start")]
