"""What a report of an error may hold: where it happened, and nothing of what anybody typed."""

from __future__ import annotations

from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class NobodysData(SafeExceptionReporterFilter):
    """Hides every variable and every value of a form, wherever the error happened: no list of names to keep up to date.

    On one's own machine (``DEBUG``) everything shows, as Django has it.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        if not self.is_active(request):
            return request.POST
        hidden = QueryDict(mutable=True)
        hidden.update(dict.fromkeys(request.POST, self.cleansed_substitute))
        return hidden

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
