"""What jurors see and do, under ``/account/judging/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from programs.views import judging

urlpatterns: list[URLPattern | URLResolver] = [
    path("", judging.index, name="judging"),
    path("<int:cycle>/", judging.waiting, name="judging_cycle"),
    path("<int:cycle>/<int:participation>/", judging.sheet, name="judging_application"),
    path("<int:cycle>/<int:participation>-<int:entry>/", judging.sheet, name="judging_entry"),
    path("<int:cycle>/files/<int:pk>/", judging.attachment, name="judging_file"),
]
