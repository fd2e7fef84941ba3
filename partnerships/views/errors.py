"""What an operation refuses, in the words of HTTP; every page that calls one is wrapped once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from partnerships.exceptions import Missing, NotAllowed, RegistryError

View = Callable[..., HttpResponseBase]


def refusals(view: View) -> View:
    """404 for what somebody may not do or know of; for anything else a message, and back to where it can be seen."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (NotAllowed, Missing) as refused:
            raise Http404(refused.message) from refused
        except RegistryError as refused:
            messages.error(request, refused.message)
            return redirect("filing", kwargs["pk"]) if "pk" in kwargs else redirect("account")

    return answered
