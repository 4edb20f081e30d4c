"""The portal's addresses, and the stock admin beside them."""

from django.urls import path

from benchmarks.stock import site
from embassy.urls import urlpatterns as portal

urlpatterns = [*portal, path("stock/", site.urls)]
