from django.urls import path

from embassy.api import views
from embassy.api.board import board
from embassy.api.resources import RESOURCES

app_name = "api"

urlpatterns = [
    path("", views.index, name="index"),
    path("openapi.json", views.openapi, name="openapi"),
    path("check", views.check, name="check"),
    path("board", board, name="board"),
    *(path(each.name, views.listing(each), name=each.name) for each in RESOURCES.values()),
    *(path(f"{each.name}.csv", views.table(each), name=f"{each.name}-csv") for each in RESOURCES.values()),
    path("<path:rest>", views.nothing, name="nothing"),
]
