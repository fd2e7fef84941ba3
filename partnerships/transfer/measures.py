"""The single numbers of the statistics in words: what each is called, and how it was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    """One number. ``digits`` after the point; ``unit`` as it is printed."""

    name: str
    title: Any
    method: Any
    digits: int = 0
    unit: str = ""


TOTALS: tuple[Measure, ...] = (
    Measure(
        "open", _("Open affiliations"), _("Every affiliation that has not ended: in force, suspended or emeritus.")
    ),
    Measure("sister", _("Sister affiliations"), _("Open affiliations of the kind sister.")),
    Measure("friendship", _("Friendship affiliations"), _("Open affiliations of the kind friendship.")),
    Measure(
        "recognised",
        _("Recognised today"),
        _("In force, by a registered agreement, with a home party in good standing on the day."),
    ),
    Measure(
        "jurisdictions",
        _("Communities with a partner"),
        _("Communities that are a party of at least one open affiliation."),
    ),
    Measure(
        "countries",
        _("Countries and territories"),
        _("Countries and territories of ISO 3166-1 with at least one open affiliation."),
    ),
    Measure(
        "agreements", _("Registered agreements"), _("Agreements in the register, without those that were annulled.")
    ),
    Measure(
        "ended", _("Ended affiliations"), _("Affiliations whose end is on record. They count in no other total here.")
    ),
    Measure("undated", _("Open, date unknown"), _("Open affiliations of which nobody knows when they began.")),
)

NETWORK: tuple[Measure, ...] = (
    Measure(
        "nodes", _("Communities in the network"), _("Each community with at least one open affiliation is a node.")
    ),
    Measure("links", _("Links"), _("Each open affiliation links two nodes. Two communities share one link at most.")),
    Measure(
        "components",
        _("Separate parts"),
        _("Connected components: groups of communities that can reach each other over partners of partners."),
    ),
    Measure("largest_component", _("Largest part"), _("How many communities belong to the largest component.")),
    Measure(
        "mean_degree", _("Mean number of partners"), _("Mean degree: twice the links, divided by the communities."), 3
    ),
    Measure("greatest_degree", _("Most partners of one community"), _("The greatest degree of a node.")),
    Measure(
        "triangles", _("Triangles"), _("Groups of three communities, each of which is a partner of the other two.")
    ),
    Measure(
        "transitivity",
        _("Transitivity"),
        _(
            "Three times the triangles, divided by the pairs of partners that some community has: "
            "how often two partners of one community are partners of each other. This is not the "
            "mean of the local clustering coefficients."
        ),
        4,
    ),
    Measure(
        "assortativity",
        _("Degree assortativity"),
        _(
            "Pearson’s correlation between the numbers of partners at both ends of a link, from "
            "−1 to 1. Above 0 the well connected are partners of the well connected."
        ),
        4,
    ),
    Measure(
        "mean_distance",
        _("Mean distance in steps"),
        _(
            "The mean length of the shortest way between two communities of the largest "
            "component, a link being one step. Exact in a component of up to 5,000 communities; "
            "in a larger one estimated from 256 communities drawn evenly, with a fixed seed, and "
            "all the others."
        ),
        3,
    ),
    Measure(
        "mean_distance_sources",
        _("Communities measured from"),
        _("From how many communities the mean distance was measured. All of the largest component: it is exact."),
    ),
    Measure(
        "mean_distance_error",
        _("Standard error of the mean distance"),
        _(
            "0 where it is exact, else the standard error of the sample, corrected for the finite "
            "number of communities."
        ),
        3,
    ),
    Measure(
        "median_kilometres",
        _("Median distance of partners"),
        _(
            "Half of the links are shorter. Great circles by the haversine formula on a sphere of "
            "radius 6,371.0088 km, between coordinates on record."
        ),
        1,
        "km",
    ),
    Measure("mean_kilometres", _("Mean distance of partners"), _("The mean of the same lengths."), 1, "km"),
    Measure(
        "measured_links",
        _("Links with known coordinates"),
        _("The links whose lengths are known, because the coordinates of both communities are."),
    ),
)
