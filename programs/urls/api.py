"""The addresses of programs in the REST API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from programs.api.views import participations, programs

_PROGRAM = "(?P<slug>[a-z0-9-]{1,40})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/programs/", programs.ProgramList.as_view(), name="api_programs"),
    re_path(rf"^v1/programs/{_PROGRAM}/$", programs.ProgramDetail.as_view()),
    re_path(rf"^v1/programs/{_PROGRAM}/(?P<cycle>[a-z0-9-]{{1,24}})/$", programs.CycleDetail.as_view()),
    path("v1/cycles/", programs.CycleList.as_view(), name="api_cycles"),
    path("v1/participations/", participations.ParticipationList.as_view(), name="api_participations"),
    re_path(
        r"^v1/participations/(?P<id>[0-9]{1,18})/$",
        participations.ParticipationDetail.as_view(),
        name="api_participation",
    ),
    path("v1/activities/", participations.ActivityList.as_view(), name="api_activities"),
    path("v1/results/", participations.ResultList.as_view(), name="api_results"),
]
