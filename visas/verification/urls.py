from django.urls import path

from visas.verification import views

app_name = "verification"

urlpatterns = [
    path("", views.check, name="check"),
    path("<slug:number>/<slug:token>/", views.code, name="code"),
]
