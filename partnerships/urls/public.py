"""The pages that everybody may read."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from partnerships.views import (
    affiliations,
    agreements,
    anniversaries,
    as_of,
    atlas,
    countries,
    feeds,
    home,
    jurisdictions,
    open_data,
    register,
    search,
    sitemaps,
    statistics,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("countries/", countries.countries, name="countries"),
    re_path(r"^countries/([A-Za-z]{2})/$", countries.country, name="country"),
    re_path(r"^subdivisions/([A-Za-z]{2}-[A-Za-z0-9]{1,3})/$", countries.subdivision, name="subdivision"),
    re_path(r"^jurisdictions/([0-9]{1,18})/$", jurisdictions.jurisdiction, name="jurisdiction-by-id"),
    re_path(r"^jurisdictions/([0-9]{1,18})-([^/]{0,300})/$", jurisdictions.jurisdiction, name="jurisdiction"),
    path("affiliations/", affiliations.affiliations, name="affiliations"),
    re_path(r"^affiliations/([A-Za-z0-9-]{1,40})/$", affiliations.affiliation, name="affiliation"),
    re_path(r"^agreements/([A-Za-z0-9-]{1,40})/$", agreements.agreement, name="agreement"),
    re_path(r"^documents/([0-9]{1,18})/([A-Za-z0-9._-]{1,120})$", agreements.document, name="document"),
    path("search/", search.search, name="search"),
    path("map/", atlas.atlas_page, name="map"),
    path("map/data.json", atlas.map_data, name="map-data"),
    path("data/", open_data.data, name="data"),
    re_path(r"^data/([A-Za-z0-9.-]{1,60})$", open_data.file, name="open-data-file"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("as-of/", as_of.choose, name="as-of-choose"),
    re_path(r"^as-of/([0-9]{4}-[0-9]{2}-[0-9]{2})/$", as_of.as_of, name="as-of"),
    path("register/", register.register, name="register"),
    path("register/.jsonl", register.register_lines),
    path("register.jsonl", register.register_lines, name="register-lines"),
    path("register/.atom", feeds.everything),
    path("register.atom", feeds.everything, name="register-feed"),
    re_path(r"^countries/([A-Z]{2})\.atom$", feeds.country, name="country-feed"),
    re_path(r"^jurisdictions/([0-9]{1,18})\.atom$", feeds.jurisdiction, name="jurisdiction-feed"),
    re_path(r"^affiliations/([A-Za-z0-9-]{1,40})\.atom$", feeds.affiliation, name="affiliation-feed"),
    path("anniversaries/", anniversaries.anniversaries, name="anniversaries"),
    path("anniversaries/.ics", anniversaries.calendar),
    path("anniversaries.ics", anniversaries.calendar, name="anniversaries-calendar"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(r"^sitemap-([a-z]+)-([0-9]{1,4})\.xml$", sitemaps.part, name="sitemap-part"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
