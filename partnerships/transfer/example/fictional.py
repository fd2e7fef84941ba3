"""Fictional communities and filings, so that every kind, standing and state of a filing has something to show.

Their names say "example" in the language of the country. Everything here is marked as fictional in the registry.
"""

from __future__ import annotations

from partnerships.choices import (
    Act,
    AffiliationKind,
    FilingState,
    Geography,
    MilestoneKind,
    Reason,
    Role,
    SignatoryCapacity,
    Theme,
)
from partnerships.rules.wishes import WishText
from partnerships.transfer.example.shapes import Account, Community, Emeritus, Event, Membership, Paper, Signer

SOURCE = "Fictional example"

COMMUNITIES = {
    "example-falls": Community("Example Falls", "US", "US-NY", "New York", fictional=True),
    "sample-city": Community("Sample City", "US", "US-OR", "Oregon", fictional=True),
    "specimen-harbor": Community("Specimen Harbor", "US", "US-WA", "Washington", fictional=True),
    "demo-springs": Community("Demo Springs", "US", "US-CO", "Colorado", fictional=True),
    "beispielstadt": Community("Beispielstadt", "DE", "DE-HE", "Hessen", fictional=True),
    "exempleville": Community("Exempleville", "FR", fictional=True),
    "przykladowo": Community("Przykładowo", "PL", fictional=True),
    "ejemplo-del-mar": Community("Ejemplo del Mar", "MX", fictional=True),
    "esempio-terme": Community("Esempio Terme", "IT", fictional=True),
    "tatoe": Community("Tatoe", "JP", native_name="例え市", fictional=True),
    "voorbeelddam": Community("Voorbeelddam", "NL", fictional=True),
    "mfanoni": Community("Mfanoni", "KE", fictional=True),
    "prykladivka": Community("Prykladivka", "UA", native_name="Прикладівка", fictional=True),
}

HOME = ("example-falls", "sample-city", "specimen-harbor", "demo-springs")

MEMBERSHIPS = (
    Membership("example-falls", "2005-01-01", years_left=1),
    Membership("sample-city", "2001-01-01", years_left=2),
    Membership("specimen-harbor", "2009-01-01", years_left=-2),
    Membership("demo-springs", "1990-01-01", years_left=1),
)


def _mayors(*parties: str) -> tuple[Signer, ...]:
    return tuple(
        Signer(party, f"Fictional Mayor of {COMMUNITIES[party].name}", SignatoryCapacity.CHIEF_ELECTED, "Mayor")
        for party in parties
    )


PAPERS = (
    # A friendship.
    Paper(
        ("example-falls", "beispielstadt"),
        kind=AffiliationKind.FRIENDSHIP,
        signed_on="2023-05-12",
        signers=_mayors("example-falls", "beispielstadt"),
        reasons=(Reason.SHARED_HISTORY, Reason.SIZE),
        themes=(Theme.ARTS, Theme.YOUTH),
        story="Fictional example of a friendship, the first step towards a sister city.",
    ),
    # A friendship that was upgraded.
    Paper(
        ("sample-city", "exempleville"),
        kind=AffiliationKind.FRIENDSHIP,
        signed_on="2019-03-04",
        signers=_mayors("sample-city", "exempleville"),
        reasons=(Reason.TRAVEL,),
        themes=(Theme.ARTS,),
    ),
    Paper(
        ("sample-city", "exempleville"),
        act=Act.UPGRADE,
        signed_on="2022-09-17",
        signers=_mayors("sample-city", "exempleville"),
        themes=(Theme.ARTS, Theme.BUSINESS),
        story="Fictional example of a friendship that became a sister city after three years.",
    ),
    # A sister city that one side suspended; its home party no longer pays dues.
    Paper(
        ("specimen-harbor", "przykladowo"),
        signed_on="2009-10",
        signers=_mayors("specimen-harbor", "przykladowo"),
        reasons=(Reason.DIASPORA, Reason.INDUSTRY),
        themes=(Theme.ENVIRONMENT,),
    ),
    Paper(
        ("specimen-harbor", "przykladowo"),
        act=Act.SUSPEND,
        signed_on="2024-01-15",
        signers=_mayors("specimen-harbor"),
        declared_by="specimen-harbor",
        story="Fictional example of a suspension declared by one community.",
    ),
    # Three communities that signed together: three affiliations.
    Paper(
        ("example-falls", "ejemplo-del-mar", "esempio-terme"),
        signed_on="2021-06-05",
        signers=_mayors("example-falls", "ejemplo-del-mar", "esempio-terme"),
        reasons=(Reason.GEOGRAPHY,),
        themes=(Theme.HUMANITARIAN, Theme.YOUTH),
        story="Fictional example of a joint agreement of three communities.",
    ),
    # A sister city that has ended, and one that is on record only.
    Paper(
        ("sample-city", "voorbeelddam"),
        signed_on="1999",
        signers=_mayors("sample-city", "voorbeelddam"),
        themes=(Theme.SPORT,),
    ),
    Paper(
        ("sample-city", "voorbeelddam"),
        act=Act.END,
        signed_on="2015-04-30",
        signers=_mayors("voorbeelddam"),
        declared_by="voorbeelddam",
        story="Fictional example of an end declared by one community.",
    ),
    Paper(
        ("demo-springs", "tatoe"),
        signed_on="1988-11-03",
        perpetual=True,
        signers=_mayors("demo-springs", "tatoe"),
        reasons=(Reason.GEOGRAPHY,),
        themes=(Theme.YOUTH,),
    ),
    # Filings on their way: one in every other state.
    Paper(("demo-springs", "mfanoni"), goes_to=FilingState.DRAFT),
    Paper(
        ("example-falls", "prykladivka"),
        signed_on="2025-03-14",
        signers=_mayors("example-falls", "prykladivka"),
        reasons=(Reason.DIASPORA,),
        themes=(Theme.HUMANITARIAN,),
        story="Fictional example of a filing that waits for review.",
        goes_to=FilingState.SUBMITTED,
    ),
    Paper(
        ("sample-city", "tatoe"),
        signed_on="2025-02",
        signers=_mayors("sample-city", "tatoe"),
        themes=(Theme.TECHNOLOGY,),
        story="Fictional example of a filing in review.",
        goes_to=FilingState.IN_REVIEW,
    ),
    Paper(
        ("demo-springs", "esempio-terme"),
        kind=AffiliationKind.FRIENDSHIP,
        signed_on="2025-10-09",
        signers=_mayors("demo-springs", "esempio-terme"),
        goes_to=FilingState.RETURNED,
        comment="The second page of the agreement is missing from the scan. Please attach it and hand it in again.",
    ),
    Paper(
        ("specimen-harbor", "mfanoni"),
        signed_on="2025-07-01",
        signers=_mayors("specimen-harbor", "mfanoni"),
        goes_to=FilingState.REJECTED,
        comment="The document is a letter of intent; neither side has agreed to anything yet.",
    ),
    Paper(
        ("example-falls", "voorbeelddam"),
        signed_on="2025-05-20",
        signers=_mayors("example-falls", "voorbeelddam"),
        goes_to=FilingState.WITHDRAWN,
        comment="The council wants to wait until after the election.",
    ),
)

EVENTS = (
    Event(
        ("sample-city", "exempleville"),
        MilestoneKind.EXCHANGE,
        "2024-10",
        "Fictional example: twelve musicians from Exempleville stay with families in Sample City.",
    ),
    Event(
        ("example-falls", "esempio-terme"),
        MilestoneKind.VISIT,
        "2025-08-16",
        "Fictional example: the mayors open a footpath together.",
    ),
)

EMERITI = (Emeritus(("demo-springs", "tatoe"), "2020-01-01", "Fictional example: no activity since 2011."),)

#: Why a registrar set a finding aside.
WAIVED_BECAUSE = {
    "standing": "Fictional example: the agreement was signed while the community was a member.",
    "resolution": "Fictional example: the council decided by a letter that is in the file.",
}

#: Who looks for a partner, and what for.
WISHES = {
    "sample-city": WishText(
        countries=["JP", "MX"],
        themes=[Theme.ENVIRONMENT, Theme.YOUTH],
        industries="Forestry, bicycles",
        text="Fictional example: we look for a community with which our schools can learn about forests.",
        traits=[Geography.FOREST, Geography.RIVER],
        languages=["en", "es"],
    ),
}

ACCOUNTS = (
    Account("registrar@example.org", "Rosa Registrar", role=Role.REGISTRAR),
    Account("second.registrar@example.org", "Samuel Second", role=Role.REGISTRAR),
    Account("clerk@example.org", "Clara Clerk", role=Role.CLERK),
    Account("programs@example.org", "Priya Programs", role=Role.PROGRAMS),
    Account("auditor@example.org", "Arthur Auditor", role=Role.AUDITOR),
    Account("irondequoit@example.org", "Ida Irondequoit", represents=("irondequoit",)),
    Account("example.falls@example.org", "Eva Example", represents=HOME),
    Account("juror@example.org", "Judith Juror", represents=("specimen-harbor",), printed="representative, and juror"),
)
