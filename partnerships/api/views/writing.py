"""What every private address of the API does: a token is shown, a POST may be repeated, caches keep nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from partnerships.api import parameters, parsers, problems
from partnerships.api.allowances import Allowances
from partnerships.api.caching import speak_as_asked
from partnerships.api.identity import Bearer, TokenOpens
from partnerships.api.negotiation import FormatBeforeAccept, Json
from partnerships.api.problems import BadQuestion, Fault, Unusable
from partnerships.choices import Role, TokenScope
from partnerships.filters.nothing import NothingFilter
from partnerships.filters.questions import QuestionFilter
from partnerships.services import kept_answers, tokens
from partnerships.services.access import Actor
from partnerships.services.kept_answers import Answer

_KEPT_HEADERS = ("ETag", "Location")
_LONGEST_KEY = 255


class Private(APIView):
    renderer_classes = [Json]
    parser_classes = [parsers.Json]
    content_negotiation_class = FormatBeforeAccept
    authentication_classes = [Bearer]
    permission_classes = [TokenOpens]
    throttle_classes = [Allowances]
    #: What the query of a method may hold beside its filters.
    question: ClassVar[type[QuestionFilter]] = NothingFilter
    known: ClassVar[dict[str, tuple[str, ...]]] = {}
    by: Actor

    @property
    def default_response_headers(self) -> dict[str, str]:
        private = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept, Accept-Language"}
        return {**super().default_response_headers, **private}

    def scope_of(self, method: str | None) -> str:
        return TokenScope.READ if method in ("GET", "HEAD", "OPTIONS") else TokenScope.FILE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        speak_as_asked(request)
        super().initial(request, *args, **kwargs)
        self.by = tokens.actor(request.auth)  # type: ignore[arg-type]

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return HttpResponse(status=204)

    @property
    def is_staff(self) -> bool:
        """Whether the token carries a role that looks at filings."""
        return bool(self.by.roles & set(Role.values))

    def asked(self) -> parameters.Asked:
        """The query, of which everything is understood; raises ``BadQuestion``."""
        method = str(self.request.method).replace("HEAD", "GET")
        question = self.question if method == "GET" else NothingFilter
        asked = parameters.read(self.request, question, parameters.Offer(self.known.get(method, ())))
        if self.request.query_params.get("dry_run", "false") not in ("true", "false"):
            raise BadQuestion([Fault("dry_run", "unknown", _("Write true or false."))])
        return asked

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing is to be kept."""
        return bool(self.request.query_params.get("dry_run") == "true")

    def read(self, shape: type[Serializer[Any]]) -> Any:
        """What was sent, in the shape that it has to have; raises ``Unusable`` with everything that is wrong."""
        made: Any = shape(data=self.request.data)
        if not made.is_valid():
            raise Unusable(problems.flat(made.errors))
        return made

    def once(self, make: Callable[[], Response]) -> HttpResponse | Response:
        """The answer of ``make``; with an Idempotency-Key the one that was given for it before, if any was."""
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return make()
        if not (1 <= len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
            message = _("Write up to 255 printable letters.")
            raise BadQuestion([Fault("Idempotency-Key", "invalid", message)])
        said = self._digest()
        kept = kept_answers.once(by=self.by, key=key, request=said, now=timezone.now(), make=lambda: _kept(make()))
        answer = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
        if kept.repeated:
            answer["Idempotency-Replayed"] = "true"
        return answer

    def _digest(self) -> str:
        """What was asked, files by their content."""
        data: Any = self.request.data
        files = getattr(self.request, "FILES", {})
        parts = [str(self.request.method), self.request.get_full_path()]
        if files:
            parts += [json.dumps(sorted((name, data.getlist(name)) for name in data if name not in files))]
            for name in sorted(files):
                parts += [name, hashlib.sha256(b"".join(files[name].chunks())).hexdigest()]
                files[name].seek(0)
        else:
            parts.append(json.dumps(data, sort_keys=True, default=str))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _kept(answer: Response) -> Answer:
    body = "" if answer.data is None else orjson.dumps(answer.data).decode()
    headers = {name: answer[name] for name in _KEPT_HEADERS if name in answer}
    return Answer(answer.status_code, body, {"Content-Type": "application/json", **headers})
