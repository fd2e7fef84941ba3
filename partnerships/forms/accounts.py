"""Accounts: accepting an invitation, asking for access, name and language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from partnerships.choices import Capacity
from partnerships.forms.fields import DocumentField, LineField, StoryField
from partnerships.models import User
from partnerships.rules.files import EXTENSIONS
from partnerships.selectors import languages

_NEW_PASSWORD = {"autocomplete": "new-password"}


class InvitationForm(forms.Form):
    """A new account: a name and a password that is typed twice."""

    name = LineField(label=_("Your name"), letters=True, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs=_NEW_PASSWORD),
        help_text=password_validation.password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=_("The same password again"), strip=False, max_length=200, widget=forms.PasswordInput(attrs=_NEW_PASSWORD)
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        password, again = said.get("password"), said.get("again")
        if password and again and password != again:
            self.add_error("again", ValidationError(_("The two passwords are not the same."), code="differ"))
        elif password:
            try:
                password_validation.validate_password(password, User(email=self.email, name=said.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return said


class AccessRequestForm(forms.Form):
    """Somebody without an account says for which community, in what capacity, and how that can be checked."""

    name = LineField(label=_("Your name"), letters=True, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    community = LineField(
        label=_("Community and country"), letters=True, max_length=300, help_text=_("Such as Irondequoit, New York.")
    )
    capacity = forms.ChoiceField(label=_("You are"), choices=Capacity.choices, widget=forms.RadioSelect)
    statement = StoryField(
        label=_("How can this be checked?"),
        max_length=2000,
        help_text=_("A page that names you, the telephone number of your office, or who can confirm it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proof = DocumentField(
        label=_("A letter that says so"),
        required=False,
        help_text=_("PDF, JPEG, PNG or TIFF. Only staff of the registry see it."),
    )

    def clean_proof(self) -> UploadedFile | None:
        """Named after what it is: the name that somebody's computer gave it may say anything."""
        upload: UploadedFile | None = self.cleaned_data["proof"]
        if upload is not None:
            upload.name = f"proof{EXTENSIONS[upload.content_type or '']}"
        return upload


class ProfileForm(forms.Form):
    name = LineField(label=_("Your name"), letters=True, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language of letters to you"), choices=languages.offered, help_text=_("And of these pages.")
    )
