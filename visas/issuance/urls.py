from django.urls import path

from visas.issuance import views

app_name = "issuance"

urlpatterns = [path("<slug:number>.pdf", views.download, name="evisa_download")]
