"""Pages about the site itself: official accounts and cookies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from embassy.officials.models import Account
from embassy.website import text_mode
from embassy.website.content import Content, public_page


@public_page
def official_accounts(request: HttpRequest, content: Content) -> HttpResponse:
    return render(request, "officials/list.html", {"accounts": Account.objects.all()})


@public_page
def cookies(request: HttpRequest, content: Content) -> HttpResponse:
    names = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "view_cookie": text_mode.COOKIE,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "website/page_cookies.html", names)
