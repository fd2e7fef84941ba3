"""What staff are asked for with a file to import."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.choices import ImportFormat


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV in UTF-8 with a header, JSON results of a Wikidata query, or GEXF.")
    )
    file_format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("By the ending of its name")), *ImportFormat.choices]
    )
    source = forms.CharField(
        label=_("Source"), max_length=500, help_text=_("Who says so. It is published with every row that goes in.")
    )
