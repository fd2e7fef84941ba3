"""The addresses of the REST API; ``/api/v1/`` never changes what it has, and may learn more."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from partnerships.api.views import (
    affiliations,
    agreements,
    documentation,
    filings,
    gazetteer,
    index,
    jurisdictions,
    places,
    register,
    search,
    statistics,
)

_NUMBER = "(?P<number>[A-Za-z0-9-]{1,40})"
_WHOLE = "[0-9]{1,18}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", documentation.Schema.as_view(), name="api_schema"),
    path("docs/", documentation.Docs.as_view(), name="api_docs"),
    path("v1/", index.Index.as_view(), name="api_index"),
    path("v1/countries/", places.CountryList.as_view(), name="api_countries"),
    path("v1/subdivisions/", places.SubdivisionList.as_view(), name="api_subdivisions"),
    path("v1/jurisdictions/", jurisdictions.JurisdictionList.as_view(), name="api_jurisdictions"),
    re_path(rf"^v1/jurisdictions/(?P<id>{_WHOLE})/$", jurisdictions.JurisdictionDetail.as_view()),
    path("v1/affiliations/", affiliations.AffiliationList.as_view(), name="api_affiliations"),
    re_path(rf"^v1/affiliations/{_NUMBER}/$", affiliations.AffiliationDetailView.as_view()),
    path("v1/agreements/", agreements.AgreementList.as_view(), name="api_agreements"),
    re_path(rf"^v1/agreements/{_NUMBER}/$", agreements.AgreementDetail.as_view()),
    path("v1/register/", register.EntryList.as_view(), name="api_register"),
    re_path(rf"^v1/register/(?P<seq>{_WHOLE})/$", register.EntryDetail.as_view()),
    path("v1/search/", search.Search.as_view(), name="api_search"),
    path("v1/places/", gazetteer.PlaceLookup.as_view(), name="api_places"),
    path("v1/statistics/", statistics.StatisticsView.as_view(), name="api_statistics"),
    path("v1/filings/", filings.FilingList.as_view(), name="api_filings"),
    re_path(rf"^v1/filings/(?P<id>{_WHOLE})/$", filings.FilingDetail.as_view()),
    re_path(rf"^v1/filings/(?P<id>{_WHOLE})/findings/$", filings.FilingFindings.as_view()),
    re_path(rf"^v1/filings/(?P<id>{_WHOLE})/documents/$", filings.FilingDocuments.as_view()),
    re_path(rf"^v1/filings/(?P<id>{_WHOLE})/documents/(?P<document>{_WHOLE})/$", filings.FilingDocument.as_view()),
    re_path(rf"^v1/filings/(?P<id>{_WHOLE})/waivers/$", filings.FilingWaiver.as_view()),
    *(re_path(rf"^v1/filings/(?P<id>{_WHOLE})/{move}/$", view.as_view()) for move, view in filings.MOVES.items()),
    # Without the slash Django looks whether the same address with one is known, and leads there.
    re_path(r"^(?:.*/)?$", index.Nothing.as_view()),
]
