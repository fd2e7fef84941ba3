"""Calls and applications, for those who speak for a community."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from programs.views import activities, applications, attachments, calls, entries, people, reports, steps

_ONE = "applications/<int:application>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/calls/", calls.index, name="calls"),
    path("account/calls/<int:cycle>/start/", calls.start, name="start_application"),
    path(_ONE, applications.show, name="application"),
    path(f"{_ONE}withdraw/", applications.withdraw, name="application_withdraw"),
    path(f"{_ONE}about/", steps.AboutStep.as_view(), name="application_about"),
    path(f"{_ONE}people/", people.PeopleStep.as_view(), name="application_people"),
    path(f"{_ONE}people/<int:item>/", people.PeopleStep.as_view(), name="application_person"),
    path(f"{_ONE}people/<int:item>/consents/", people.consents, name="application_consents"),
    path(f"{_ONE}entries/", entries.EntriesStep.as_view(), name="application_entries"),
    path(f"{_ONE}entries/<int:item>/", entries.EntriesStep.as_view(), name="application_entry"),
    path(f"{_ONE}activities/", activities.ActivitiesStep.as_view(), name="application_activities"),
    path(f"{_ONE}activities/<int:item>/", activities.ActivitiesStep.as_view(), name="application_activity"),
    path(f"{_ONE}files/", attachments.FilesStep.as_view(), name="application_files"),
    path(f"{_ONE}files/<int:attachment>/", attachments.download, name="application_file"),
    path(f"{_ONE}check/", steps.CheckStep.as_view(), name="application_check"),
    path(f"{_ONE}report/", reports.report, name="application_report"),
    path(f"{_ONE}deliverables/<int:deliverable>/", reports.deliver, name="application_deliver"),
]
