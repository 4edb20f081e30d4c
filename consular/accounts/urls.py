"""What allauth has no page for, under /account/."""

from django.urls import path

from consular.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("stay/", views.stay, name="stay"),
    path("login/password/", views.password_login, name="login_password"),
]
