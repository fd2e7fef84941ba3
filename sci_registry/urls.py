"""Every address of the registry and where it leads."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from sci_registry import health

handler500 = "sci_registry.failures.server_error"

# Staff sign in where everybody does, with the same second factor.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def _icon(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("img/favicon.svg"))


urlpatterns = [
    path("healthz/", health.alive, name="healthz"),
    path("readyz/", health.ready, name="readyz"),
    # Browsers ask for it on pages that name none, such as the admin.
    path("favicon.ico", _icon),
    path("api/", include("programs.urls.api")),
    path("api/", include("partnerships.urls.api")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        # Pages of our own under /account/ come first; what they leave is allauth's.
        path("account/", include("partnerships.urls.accounts")),
        path("", include("programs.urls.members")),
        path("account/judging/", include("programs.urls.judging")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("", include("partnerships.urls.filing")),
        path("follow/", include("partnerships.urls.subscriptions")),
        path("", include("programs.urls.public")),
        path("", include("partnerships.urls.public")),
        prefix_default_language=False,
    ),
]
