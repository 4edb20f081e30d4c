"""What anybody may fetch of the register, without a language: under /v/."""

from django.urls import path

from visas.registry import views

urlpatterns = [
    path("status/<int:number>.jwt", views.status_list, name="status_list"),
    path("log/head", views.head, name="log_head"),
    path("log/heads", views.heads_after, name="log_heads"),
    path("log/leaves", views.leaves, name="log_leaves"),
    path("log/inclusion", views.inclusion, name="log_inclusion"),
    path("log/consistency", views.consistency, name="log_consistency"),
]
