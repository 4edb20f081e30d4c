from django.urls import path

from benchmarks.peer import views

urlpatterns = [
    path("", views.page, name="page"),
    path("row/", views.row, name="row"),
    path("save/<int:rows>/", views.save, name="save"),
]
