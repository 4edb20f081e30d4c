"""What the owner of a document may look at: its state, and its pages drawn again from their pixels."""

from django.urls import path

from consular.documents import views
from consular.documents.resumable import views as resumable

app_name = "documents"
urlpatterns = [
    path("uploads/<uuid:upload_id>/", resumable.upload, name="upload"),
    path("uploads/<slug:kind>/", resumable.begin, name="upload_begin"),
    path("<uuid:document_id>/state/", views.state, name="state"),
    path("<uuid:document_id>/photo/", views.photo, name="photo"),
    path("<uuid:document_id>/pages/<int:number>/", views.page_image, name="page_image"),
    path("<uuid:document_id>/pages/<int:number>/small/", views.page_thumbnail, name="page_thumbnail"),
]
