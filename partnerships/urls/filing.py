"""The form for member cities, and the page of the community that is asked to confirm."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from partnerships.views import confirmations, filings, lists, lookup, partners, start, steps

urlpatterns: list[URLPattern | URLResolver] = [
    path("file/", start.start, name="file"),
    path("filings/<int:pk>/", filings.show, name="filing"),
    path("filings/<int:pk>/parties/", lists.PartiesStep.as_view(), name="filing_parties"),
    path("filings/<int:pk>/terms/", steps.TermsStep.as_view(), name="filing_terms"),
    path("filings/<int:pk>/signatories/", lists.SignatoriesStep.as_view(), name="filing_signatories"),
    path("filings/<int:pk>/documents/", lists.DocumentsStep.as_view(), name="filing_documents"),
    path("filings/<int:pk>/reasons/", steps.ReasonsStep.as_view(), name="filing_reasons"),
    path("filings/<int:pk>/check/", lists.CheckStep.as_view(), name="filing_check"),
    path("filings/<int:pk>/withdraw/", filings.withdraw, name="filing_withdraw"),
    path("filings/<int:pk>/ask/", filings.ask, name="filing_ask"),
    path("filings/<int:pk>/documents/<int:document_id>/", filings.document, name="filing_document"),
    path("lookup/communities/", lookup.communities, name="community_lookup"),
    path("still-active/<str:token>/", confirmations.answer, name="still_active"),
    path("partner/<str:token>/", partners.answer, name="partner"),
    path("partner/<str:token>/documents/<int:document_id>/", partners.document, name="partner_document"),
]
