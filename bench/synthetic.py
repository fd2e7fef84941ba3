"""A synthetic registry in PostgreSQL, written by SQL: skewed like the real thing, the same for the same size.

Four in five affiliations join a U.S. community with one abroad; few countries have many. Only what public lists read
is filled in: communities with words, affiliations with both sides and a current period, totals.
"""

from __future__ import annotations

from django.db import connection

_COUNTRIES = (
    "array['JP','DE','MX','CN','IT','FR','GB','UA','KR','TW','PL','ES','BR','IN','GH','NL','IE','CA','AU','PE']"
)
_WORDS = "array['north','river','saint','new','old','lake','green','stone','mill','bridge','castle','harbor','spring']"

_STATEMENTS = (
    "SELECT setseed(0.42)",
    f"""
    INSERT INTO partnerships_jurisdiction (
        name, native_name, kind, local_term, country, subdivision, subdivision_name, population_source, website,
        themes, traits, diaspora, languages, provisional, fictional, folded, open_count, created_at)
    SELECT w || ' ' || n, '', 'city', '', c, CASE WHEN c = 'US' THEN 'US-' || chr(65 + i %% 26) || 'A' ELSE '' END,
        CASE WHEN c = 'US' THEN 'State ' || i %% 26 ELSE '' END, '', '', '[]', '[]', '[]', '[]', false, true,
        w || ' ' || n, 0, now()
    FROM (
        SELECT i, ({_WORDS})[1 + i %% 13] AS w, substr(md5(i::text), 1, 7) AS n,
            CASE WHEN i <= %(places)s * 0.4 THEN 'US' ELSE ({_COUNTRIES})[1 + floor(20 * power(random(), 2))::int] END c
        FROM generate_series(1, %(places)s) i
    ) AS made
    """,
    """
    INSERT INTO partnerships_nameword (word, jurisdiction_id)
    SELECT DISTINCT word, id FROM partnerships_jurisdiction, unnest(string_to_array(folded, ' ')) word
    """,
    """
    INSERT INTO partnerships_affiliation (
        number, serial, first_id, second_id, kind, standing, since, ended, perpetual, reasons, themes, story, charter,
        fictional, joined, changed_seq, recognised_from)
    SELECT 'SCI-' || lpad(row_number() OVER (ORDER BY a, b)::text, 6, '0'), row_number() OVER (ORDER BY a, b), a, b,
        CASE WHEN random() < 0.85 THEN 'sister' ELSE 'friendship' END, s,
        (1950 + floor(random() * 75))::int || '-' || lpad((1 + floor(random() * 12))::int::text, 2, '0'),
        '', false, '[]', '[]', '', '', true, false, 0, CASE WHEN s = 'in_force' THEN date '1990-01-01' END
    FROM (
        SELECT DISTINCT ON (a, b) a, b,
            (array['in_force','in_force','in_force','in_force','ended'])[1 + floor(random() * 5)::int] s
        FROM (
            SELECT 1 + floor(%(places)s * 0.4 * power(random(), 1.5))::bigint a,
                1 + floor(%(places)s * (0.4 + 0.6 * random()))::bigint b
            FROM generate_series(1, %(affiliations)s)
        ) drawn WHERE b <= %(places)s AND a < b
    ) AS pairs
    """,
    """
    INSERT INTO partnerships_affiliationside (
        affiliation_id, jurisdiction_id, country, subdivision, partner_id, partner_country, partner_subdivision,
        partner_folded, kind, standing, is_open, since)
    SELECT f.id, own.id, own.country, own.subdivision, other.id, other.country, other.subdivision, other.folded,
        f.kind, f.standing, f.standing <> 'ended', f.since
    FROM partnerships_affiliation f
    CROSS JOIN LATERAL (VALUES (f.first_id, f.second_id), (f.second_id, f.first_id)) AS side(a, b)
    JOIN partnerships_jurisdiction own ON own.id = side.a JOIN partnerships_jurisdiction other ON other.id = side.b
    """,
    """
    INSERT INTO partnerships_period (affiliation_id, kind, standing, from_date)
    SELECT id, kind, standing, date '1990-01-01' FROM partnerships_affiliation
    """,
    """
    INSERT INTO partnerships_tally (country, subdivision, partner_country, kind, standing, count)
    SELECT country, s, partner_country, kind, standing, count(DISTINCT affiliation_id)
    FROM partnerships_affiliationside CROSS JOIN LATERAL unnest(array['', nullif(subdivision, '')]) s
    WHERE s IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    """,
    """
    UPDATE partnerships_jurisdiction j SET open_count = n FROM (
        SELECT jurisdiction_id, count(*) n FROM partnerships_affiliationside WHERE is_open GROUP BY 1
    ) c WHERE c.jurisdiction_id = j.id
    """,
    "ANALYZE",
)


def fill(*, affiliations: int) -> None:
    """Write a registry of about so many affiliations into an empty, migrated database."""
    sizes = {"affiliations": affiliations, "places": max(200, affiliations // 5)}
    with connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, sizes)
