"""Pages under ``/account/``; what is not here is allauth's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from partnerships.views import accounts, invitations, tokens, wishes

urlpatterns: list[URLPattern | URLResolver] = [
    path("", accounts.overview, name="account"),
    path("profile/", accounts.profile, name="profile"),
    path("tokens/", tokens.overview, name="tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="token_revoke"),
    path("affiliations/<slug:number>/confirm/", accounts.confirm, name="confirm_affiliation"),
    path("seeking/<int:community>/", wishes.wish, name="wish"),
    path("seeking/<int:community>/renew/", wishes.renew, name="wish_renew"),
    path("seeking/<int:community>/end/", wishes.end, name="wish_end"),
    path("seeking/<int:seeker>/interest/", wishes.interest, name="interest"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("request/", invitations.request_access, name="request_access"),
    path("request/received/", invitations.access_requested, name="access_requested"),
]
