"""Receipts: what other sources than Horizon say that an organisation did or received, row by row.

Each row of a list that names an organisation leads to one receipt, under the organisation of today,
or to one line that says why it leads to none: counts and sums before and after are equal. The list
of organisations in the network of FP7 says nothing that its participations do not, and is left out.
"""

from typing import Final

import duckdb
import pyarrow as pa

from keten.evidence.resolve.keys import key_beneficiary, key_recipient
from keten.model import Issue, Severity, Text

SOURCES: Final = ("fp7", "fp7-network", "innovation-fund", "rijk", "structural")


def write_receipts(con: duckdb.DuckDBPyConnection) -> list[Issue]:
    """Write `receipt` and `receipt_none`; gives an issue when rows lead to no organisation.

    Reads the typed tables of the other sources, `file`, `same_as`, `organisation` and `location`.
    """
    _write_names(con)
    con.execute(f"create or replace temp table received as {_RECEIVED}")
    con.execute(
        """
        create or replace table receipt as
        select r.record_id, a.organisation_id, r.source_key, r.source, r.year, r.what, r.amount_eur,
               r.role, r.project_id, o.country,
               coalesce(l.nuts3, l.nuts_deepest, o.country) as region, l.nuts3, o.kind
        from received r
        join same_as a using (source_key)
        join organisation o using (organisation_id)
        left join location l using (place_id)
        where r.reason is null
        order by a.organisation_id, r.source, r.year desc nulls last, r.record_id
        """
    )
    # A participation names its organisation by key only: the list that names it says who is a person.
    con.execute(
        """
        create or replace table receipt_none as
        select record_id, source, coalesce(
                   reason,
                   case when source_key in (select source_key from fp7_organisation where is_person)
                        then 'person' else 'unresolved' end) as reason, amount_eur
        from received where record_id not in (select record_id from receipt)
        order by record_id
        """
    )
    con.execute("drop table received; drop table named")
    return _tell_unresolved(con)


# Why a row leads to no organisation comes first; what is left must have a key.
_RECEIVED: Final = """
    select o.record_id, 'fp7' as source, o.source_key, null::smallint as year, null as what,
           null::decimal(18,2) as amount_eur, 'listed' as role, null as project_id,
           case when o.is_person then 'person' end as reason
    from fp7_organisation o join file f on f.file_no = o.record_id >> 32
    where f.release = 'tables'
    union all
    select record_id, 'fp7-network', source_key, null, null, null, 'participant',
           'fp7-rcn-' || project_rcn, null
    from fp7_participation
    union all
    select record_id, 'innovation-fund', source_key, year(start_date)::smallint,
           coalesce(acronym || ': ' || title, title, acronym), contribution_eur, role,
           'innovation-fund-' || project_id, case when is_person then 'person' end
    from innovation_fund
    union all
    select record_id, 'rijk', source_key, year::smallint, scheme, amount_eur, 'recipient', null,
           case when recipient is null then coalesce(recipient_kind, 'withheld') end
    from subsidy left join named on named.kind = 'rijk' and named.name = recipient
    union all
    select record_id, 'structural', source_key, year(start_date)::smallint,
           coalesce(fund || ': ' || title, title, fund), eu_contribution_eur, 'beneficiary',
           'structural-' || source_id,
           case when status is not null then 'not-granted' when not is_current then 'listed-twice'
                when is_person then 'person'
                when beneficiary is null then 'no-name' end
    from structural_project left join named on named.kind = 'structural' and named.name = beneficiary
"""


def _write_names(con: duckdb.DuckDBPyConnection) -> None:
    """Write which key each name in a list without numbers has."""
    names = con.execute(
        """
        select distinct 'rijk', recipient from subsidy where recipient is not null
        union all
        select distinct 'structural', beneficiary from structural_project
        where beneficiary is not null order by all
        """
    ).fetchall()
    keyed = [
        (kind, name, key_recipient(name) if kind == "rijk" else key_beneficiary(name))
        for kind, name in names
    ]
    table = pa.table(
        {
            column: pa.array([row[place] for row in keyed], pa.string())
            for place, column in enumerate(("kind", "name", "source_key"))
        }
    )
    con.register("arrived", table)
    con.execute("create or replace temp table named as select * from arrived")
    con.unregister("arrived")


def _tell_unresolved(con: duckdb.DuckDBPyConnection) -> list[Issue]:
    rows = con.execute(
        "select source, count(*) from receipt_none where reason = 'unresolved' "
        "group by source order by source"
    ).fetchall()
    return [
        Issue(
            "receipt-unresolved",
            Severity.NOTE,
            Text(
                f"{count} rows of this source lead to no organisation, though they name one.",
                f"{count} regels van deze bron leiden naar geen organisatie, al noemen zij er een.",
            ),
            value=source,
        )
        for source, count in rows
    ]
