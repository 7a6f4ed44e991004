"""Who is one organisation on the open data: registers keep apart, known ones meet, nobody is a person."""

from __future__ import annotations

import pytest

from keten.evidence import Evidence
from keten.evidence.resolve.vat import find_entity

pytestmark = pytest.mark.real_data

# Read in the sources themselves: each line is one organisation.
ONE = (
    ("he:999977366", "h2020:999977366", "fp7:999977366", "ror:02e2c7k09"),  # TU Delft
    ("he:999986096", "ror:00cv9y106"),  # Ghent University
    # University of Groningen, in the words of six sources
    ("he:999989782", "ror:012p63287", "kvk:01179037", "rijk:16778e7f0ed2", "rijk:d428e78eeef5",
     "structural:d428e78eeef5"),
)  # fmt: skip


def test_every_source_has_its_organisations(real: Evidence) -> None:
    rows = real.cursor().execute(
        "select programme, count(*) from source_organisation group by 1 order by 1"
    )
    assert dict(rows.fetchall()) == {
        "fp7": 30_134, "fp7-network": 25_696, "h2020": 35_871, "he": 30_721,
        "innovation-fund": 278, "kvk": 11_376, "rijk": 6_698, "ror": 53_275, "structural": 1_199,
    }  # fmt: skip


def test_an_organisation_holds_one_key_of_each_register(real: Evidence) -> None:
    con = real.cursor()
    for column in ("pic", "ror_id", "kvk_number"):
        found = con.execute(
            f"select organisation_id from same_as join source_organisation using (source_key) "
            f"group by 1 having count(distinct {column}) > 1"
        ).fetchall()
        assert found == []


def test_no_organisation_spans_two_legal_entities(real: Evidence) -> None:
    """But where the register itself overwrote the number of one registration; an issue says so."""
    con = real.cursor()
    rows = con.execute(
        "select organisation_id, pic, vat_number from same_as "
        "join source_organisation using (source_key) where vat_number is not null"
    ).fetchall()
    entities: dict[str, set[str]] = {}
    pics: dict[str, set[str]] = {}
    for organisation, pic, number in rows:
        if entity := find_entity(number):
            entities.setdefault(organisation, set()).add(entity)
            pics.setdefault(organisation, set()).add(pic)
    spanning = {organisation for organisation, found in entities.items() if len(found) > 1}
    assert all(len(pics[organisation]) == 1 for organisation in spanning)
    told = con.execute("select count(*) from issue where code = 'vat-changed'").fetchone()
    assert told == (len(spanning),)


def test_known_organisations_meet(real: Evidence) -> None:
    con = real.cursor()
    for keys in ONE:
        found = con.execute(
            "select count(distinct organisation_id), count(*) from same_as "
            "where source_key in (select unnest($keys))",
            {"keys": list(keys)},
        ).fetchone()
        assert found == (1, len(keys)), keys


def test_nobody_among_them_is_a_person(real: Evidence) -> None:
    con = real.cursor()
    for table in ("fp7_organisation", "innovation_fund"):
        found = con.execute(
            f"select count(*) from source_organisation where source_key in "
            f"(select source_key from {table} where is_person)"
        ).fetchone()
        assert found == (0,)


def test_the_queue_is_short_and_asks_each_question_once(real: Evidence) -> None:
    con = real.cursor()
    ((pairs, sides, records),) = con.execute(
        """
        select count(*), count(distinct least(l.organisation_id, r.organisation_id) || ' '
                                        || greatest(l.organisation_id, r.organisation_id)),
               (select count(*) from source_organisation)
        from review_pair q join same_as l on l.source_key = q.left_key
        join same_as r on r.source_key = q.right_key
        where l.organisation_id <> r.organisation_id
        """
    ).fetchall()
    assert 0 < pairs == sides <= records / 10
    order = con.execute("select importance from review_pair order by position").fetchall()
    assert order == sorted(order, reverse=True)


def test_a_former_identifier_leads_to_the_organisation_of_today(real: Evidence) -> None:
    con = real.cursor()
    lost = con.execute(
        """
        select count(*) from (
            select source_key as name from source_organisation
            union select 'pic:' || pic from source_organisation where pic is not null
            union select organisation_id from organisation
        ) where name not in (select alias from organisation_alias)
        """
    ).fetchone()
    assert lost == (0,)
