"""What developers and journalists read about data and feeds."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from embassy.api.resources import RESOURCES
from embassy.website import feeds
from embassy.website.content import Content, public_page


@public_page
def developers(request: HttpRequest, content: Content) -> HttpResponse:
    context = {
        "resources": RESOURCES.values(),
        "feeds": feeds.offered(),
        "licence": settings.DATA_LICENCE,
        "licence_name": settings.DATA_LICENCE_NAME,
        "site_url": settings.SITE_URL,
        "today": content.today,
    }
    return render(request, "website/developers.html", context)
