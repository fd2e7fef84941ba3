"""The people of an application, for programs officers: every look is recorded, and nobody else gets the page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from partnerships.admin.base import actor, may, show_refusal
from partnerships.admin.deeds import Deed
from partnerships.exceptions import Missing, NotAllowed, RegistryError
from programs.forms.staff import EraseForm
from programs.kinds import kind_of
from programs.models import Participation
from programs.services import people, retention
from programs.templatetags.programs import entered


class PeoplePages(admin.ModelAdmin):
    """Pages below an application whose content is never part of the record that everybody of the staff sees."""

    def get_urls(self) -> list[URLPattern]:
        def own(address: str, view: Any, name: str) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"programs_participation_{name}")

        return [
            own("<int:pk>/people/", never_cache(self.people_view), "people"),
            own("<int:pk>/people/<int:consent_id>/withdraw/", require_POST(self.withdraw_view), "withdraw_consent"),
            own("<int:pk>/people/<int:person_id>/erase/", never_cache(self.erase_view), "erase_person"),
            *super().get_urls(),
        ]

    @sensitive_variables()
    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        participation = self.get_object(request, str(pk))
        if participation is None:
            raise Http404
        try:
            found = people.look(participation_id=pk, by=actor(request))
        except NotAllowed as refused:
            raise PermissionDenied from refused
        kind = kind_of(participation.cycle.program.kind)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("People of %(application)s") % {"application": participation},
            "participation": participation,
            "people": [(person, entered(kind.person_fields, person.detail)) for person in found],
            "entries": _entries(participation),
            "may_change": may(request, "person.consent"),
            "may_erase": may(request, "person.erase"),
        }
        return TemplateResponse(request, "admin/programs/people.html", context)

    def withdraw_view(self, request: HttpRequest, pk: int, consent_id: int) -> HttpResponse:
        try:
            people.withdraw_consent(consent_id=consent_id, by=actor(request))
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except Missing as missing:
            raise Http404 from missing
        except RegistryError as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The consent is withdrawn; what it opened is closed at once."))
        return HttpResponseRedirect(reverse("admin:programs_participation_people", args=[pk]))

    def erase_view(self, request: HttpRequest, pk: int, person_id: int) -> HttpResponse:
        """Forget one person, for a reason, before the time is over."""
        participation = self.get_object(request, str(pk))
        there = participation and participation.people.filter(pk=person_id, erased_at__isnull=True).exists()
        if not may(request, ERASE.verb):
            raise PermissionDenied
        if not there:
            raise Http404
        back = reverse("admin:programs_participation_people", args=[pk])
        form = ERASE.form(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                ERASE.do(person_id, actor(request), timezone.localdate(), form.cleaned_data)
            except RegistryError as refused:
                show_refusal(form, refused)
            else:
                messages.success(request, ERASE.done)
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            # The number, not the name: titles reach histories of browsers.
            "title": _("%(deed)s: %(record)s") % {"deed": ERASE.label, "record": f"#{person_id}"},
            "deed": ERASE,
            "record": participation,
            "record_url": back,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, ERASE.template, context)


#: On the page of the people; its record is the number of a person.
ERASE = Deed(
    name="erase",
    verb="person.erase",
    label=gettext_lazy("Erase"),
    done=gettext_lazy("Erased. What was counted stays."),
    help=gettext_lazy(
        "Names, birth date, contacts, guardians, consents, the words and files of their work and their consent forms "
        "are erased for good. Consent forms of the whole application may name them and go too: ask for them again "
        "where others rely on them. Age, role and country stay for statistics."
    ),
    form=EraseForm,
    do=lambda record, by, on, typed: retention.erase_person(person_id=record, by=by, **typed),
    dangerous=True,
)


def _entries(participation: Participation) -> dict[int, Any]:
    """The work of each person, by the person's number."""
    found = participation.entries.exclude(state="withdrawn").select_related("category", "age_group")
    return {entry.person_id: entry for entry in found}
