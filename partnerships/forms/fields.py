"""Fields of the registry's forms: words, partial dates, days, languages, files."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships.forms import dates
from partnerships.rules import files
from partnerships.rules.dates import PartialDate
from partnerships.rules.filing_dates import FIRST_YEAR
from partnerships.selectors import languages

#: Signs without a shape of their own that spelling needs: the joiners of Persian and of the scripts of India.
_JOINERS = "\u200c\u200d"
#: Coordinates are kept to about a metre.
_METRE = Decimal("0.00001")


def _visible(text: str) -> str:
    """Without signs that nobody sees, such as those that turn the direction of a line, and in one normal form."""
    kept = (sign for sign in text if sign in _JOINERS or unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept))


class LineField(forms.CharField):
    """One line of words: a name, an office, a title. ``letters``: it has to hold a letter or a digit."""

    default_error_messages = {
        "control": gettext_lazy("This holds signs that cannot be read. Type it again instead of pasting it."),
        "letters": gettext_lazy("Write it in letters."),
    }

    def __init__(self, *, letters: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.letters = letters

    def to_python(self, value: Any) -> Any:
        return " ".join(_visible(super().to_python(value) or "").split())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(unicodedata.category(sign) == "Cc" for sign in value):
            raise ValidationError(self.error_messages["control"], code="control")
        if value and self.letters and not any(sign.isalnum() for sign in value):
            raise ValidationError(self.error_messages["letters"], code="letters")


class StoryField(forms.CharField):
    """Several lines of words; a line end counts as one sign, as in the browser."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class PartialDateField(forms.CharField):
    """A year, a month or a day in any usual spelling; the cleaned value is a ``PartialDate`` or ``None``.

    ``past``: it lies between the first year of the registry and today.
    """

    default_error_messages = {
        "future": gettext_lazy("This date is still to come."),
        "early": gettext_lazy("The registry keeps agreements from %(first)s on: look at the year again."),
    }

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("As far as it is known, such as 29 June 1992, June 1992 or 1992."))
        super().__init__(**kwargs)
        self.past = past

    def prepare_value(self, value: Any) -> Any:
        return dates.written(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = dates.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
        if self.past and found.earliest > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        if self.past and found.year < FIRST_YEAR:
            raise ValidationError(self.error_messages["early"], code="early", params={"first": FIRST_YEAR})
        return found


class DayField(PartialDateField):
    """A full day in any usual spelling; the cleaned value is a ``date`` or ``None``."""

    default_error_messages = {"day": gettext_lazy("Write the whole date, with day and month.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("The whole date, such as 31 December 2030."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return dates.written(PartialDate.of(value)) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and found.precision != "day":
            raise ValidationError(self.error_messages["day"], code="day")
        return found.earliest if found else None


class CoordinateField(forms.DecimalField):
    """Degrees, kept to five places whatever is pasted."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(min_value=-most, max_value=most, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.quantize(_METRE) if found is not None else None


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Country or territory"))
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Choose the country or territory.")})
        super().__init__(choices=lambda: [("", _("Choose a country")), *countries], **kwargs)


class LanguageField(forms.ChoiceField):
    """One language; the cleaned value is its code, or empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_language_choices, **kwargs)

    def valid_value(self, value: Any) -> bool:
        """A tag such as ``pt-br`` that another door has set stays as it is."""
        return languages.is_known(str(value))


def _language_choices() -> list[tuple[str, str]]:
    return [("", _("Choose a language")), *languages.choices(get_language() or settings.LANGUAGE_CODE)]


class _Selects(forms.MultiWidget):
    use_fieldset = True

    def decompress(self, value: Any) -> list[Any]:
        return list(value or ())

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class LanguagesField(forms.MultiValueField):
    """Some languages, each chosen from a list of its own; the cleaned value is a list of codes, each once."""

    def __init__(self, *, places: int = 3, **kwargs: Any) -> None:
        fields = [LanguageField(required=False) for _place in range(places)]
        super().__init__(
            fields, widget=_Selects([field.widget for field in fields]), require_all_fields=False, **kwargs
        )
        for place, select in enumerate(self.widget.widgets, start=1):
            select.attrs["aria-label"] = format_lazy("{} {}", gettext_lazy("Language"), place)

    def compress(self, data_list: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(code for code in data_list or () if code))


class DocumentField(forms.FileField):
    """A PDF, JPEG, PNG or TIFF within the size that is accepted, judged by its content."""

    def __init__(self, **kwargs: Any) -> None:
        accept = ",".join((*files.EXTENSIONS, *files.EXTENSIONS.values()))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        if (upload.size or 0) > settings.DOCUMENT_MAX_BYTES:
            most = settings.DOCUMENT_MAX_BYTES // 1024**2
            raise ValidationError(_("This file is larger than %(most)s MB.") % {"most": most}, code="size")
        try:
            content = files.inspect(upload)  # type: ignore[arg-type]
        except files.Unacceptable as error:
            raise ValidationError(_(str(error)), code=error.code) from error
        upload.content_type = content.media_type
        return upload
