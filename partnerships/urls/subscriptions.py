"""Pages under ``/follow/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from partnerships.views import subscriptions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", subscriptions.follow, {"subject_type": "everything", "subject_id": ""}, name="follow-everything"),
    re_path(r"^(?P<subject_type>country)/(?P<subject_id>[A-Z]{2})/$", subscriptions.follow, name="follow"),
    re_path(r"^(?P<subject_type>jurisdiction)/(?P<subject_id>[1-9][0-9]{0,17})/$", subscriptions.follow, name="follow"),
    re_path(
        r"^(?P<subject_type>affiliation)/(?P<subject_id>[A-Za-z0-9-]{1,24})/$", subscriptions.follow, name="follow"
    ),
    path("sent/", subscriptions.sent, name="follow-sent"),
    path("confirm/<str:token>/", subscriptions.confirm, name="follow-confirm"),
    path("letters/<str:token>/", subscriptions.letters, name="follow-letters"),
    path("stop/<str:token>/", subscriptions.stop, name="follow-stop"),
]
