"""The pages of staff: one file a noun, all in Django's own admin."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin import (
    accounts,
    affiliations,
    agreements,
    claims,
    compliance,
    confirmations,
    documents,
    filings,
    imports,
    jurisdictions,
    likely_duplicates,
    members,
    merges,
    outbox,
    record,
    seeking,
)

__all__ = [
    "accounts",
    "affiliations",
    "agreements",
    "claims",
    "compliance",
    "confirmations",
    "documents",
    "filings",
    "imports",
    "jurisdictions",
    "likely_duplicates",
    "members",
    "merges",
    "outbox",
    "record",
    "seeking",
]

admin.site.site_header = admin.site.site_title = settings.REGISTRY_NAME
admin.site.index_title = _("The desk")
admin.site.index_template = "admin/partnerships/desk.html"
