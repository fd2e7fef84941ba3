"""The pages of programs that everybody may read."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from programs.views import cycles, dossiers, files, gallery, happenings, programs

_PROGRAM = "(?P<slug>[a-z0-9-]{1,40})"
_CYCLE = f"{_PROGRAM}/(?P<cycle>[a-z0-9-]{{1,24}})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("programs/", programs.programs, name="programs"),
    re_path(rf"^programs/{_PROGRAM}/$", programs.program, name="program"),
    re_path(r"^programs/files/(?P<key>[0-9]{1,18})/(?P<name>[A-Za-z0-9._-]{1,120})$", files.file, name="program_file"),
    # Before the cycles: no cycle may be called so (services.cycles).
    re_path(rf"^programs/{_PROGRAM}/activities/$", happenings.activities, name="program_activities"),
    re_path(rf"^programs/{_PROGRAM}/activities\.ics$", happenings.calendar_file, name="program_calendar"),
    re_path(rf"^programs/{_CYCLE}/$", cycles.cycle, name="cycle"),
    re_path(rf"^programs/{_CYCLE}/participants/$", cycles.participations, name="cycle_participants"),
    re_path(rf"^programs/{_CYCLE}/activities/$", happenings.activities, name="cycle_activities"),
    re_path(rf"^programs/{_CYCLE}/activities\.ics$", happenings.calendar_file, name="cycle_calendar"),
    re_path(rf"^programs/{_CYCLE}/gallery/$", gallery.gallery, name="cycle_gallery"),
    re_path(rf"^programs/{_CYCLE}/results/$", cycles.results, name="cycle_results"),
    re_path(rf"^programs/{_CYCLE}/(?P<key>[0-9]{{1,18}})/$", dossiers.participation, name="participation"),
]
