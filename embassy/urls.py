"""Every URL prefix of the portal, on one page. All pages carry their language, as in /en/ and /fa/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from embassy import health
from embassy.api.pages import developers

handler400 = "embassy.api.problems.bad_request"
urlpatterns = [
    path("healthz/live", health.live, name="health_live"),
    path("healthz/ready", health.ready, name="health_ready"),
    path("verify/", include("visas.verification.short_urls")),
    path("v/", include("visas.seals.urls")),
    path("", include("visas.verification.offline_urls")),
    path("v/", include("visas.registry.urls")),
    path("", include("embassy.website.root_urls")),  # robots.txt, sitemap.xml, .well-known/
    path("api/v1/", include("embassy.api.urls")),
    *i18n_patterns(
        path("account/", include("consular.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("", include("consular.portal.urls")),  # my/ and status/
        path("documents/", include("consular.documents.urls")),
        path("apply/", include("visas.applications.urls")),
        path("evisa/", include("visas.issuance.urls")),
        path("verify/", include("visas.verification.urls")),
        path("search/", include("embassy.search.urls")),
        path("alerts/", include("embassy.website.alert_urls")),
        path("feedback/", include("embassy.feedback.urls")),
        path("developers/", developers, name="developers"),
        path("staff/start/", include("embassy.start.urls")),
        path("staff/", admin.site.urls),
        *([path("dev/", include("embassy.demo.urls"))] if settings.DEVELOPER_PAGES else []),
        path("", include("embassy.website.urls")),  # The last: it ends with the pages that staff keep
    ),
]
