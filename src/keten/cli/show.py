"""`keten show`: an organisation, a project or a region, with all that its page shows."""

from collections.abc import Sequence
from dataclasses import replace

import click

from keten.atlas.answers import (
    MEASURES,
    show_organisation,
    show_other_sources,
    show_project,
    show_region,
    show_region_receipts,
)
from keten.atlas.inferred import show_inferred
from keten.atlas.receipt_views import OtherSources, RegionReceipts
from keten.atlas.views import (
    FieldRow,
    OrganisationView,
    ProjectView,
    RegionView,
    YearRow,
)
from keten.cli import identify
from keten.cli.about import read_about, write_about, write_inferred
from keten.cli.output import (
    amount,
    day,
    write_facts,
    write_json,
    write_line,
    write_notes,
    write_table,
)
from keten.cli.session import Session, command
from keten.errors import NotFoundError
from keten.lists.indicators import list_figures
from keten.model import Figure, Label


@click.group()
def show() -> None:
    """Show an organisation, a project or a region."""


@command(name="organisation")
@click.argument("identifier")
def show_one_organisation(session: Session, identifier: str) -> None:
    """Show an organisation: who it is and why we say so, its money, partners and projects.

    \b
    IDENTIFIER is pic:999977366, a bare participant number, or a source record (he:999977366).
    """
    current = identify.organisation(session, identifier)
    view = show_organisation(session.evidence.cursor(), current)
    with session.open_store() as store:
        keys = [member.source_key for member in view.members]
        view = replace(view, judgements=tuple(store.judgements_on(keys)))
    others = show_other_sources(session.evidence.cursor(), current)
    if session.as_json:
        answer = {"organisation": view, "other_sources": others}
        write_json(session, _name(view.label, session), answer)
    else:
        _write_organisation(view, others, session)


@command(name="project")
@click.argument("identifier")
def show_one_project(session: Session, identifier: str) -> None:
    """Show a project: its consortium, money, fields and calls.

    \b
    IDENTIFIER is programme and grant number (he-101069359), or the bare number.
    """
    for name in identify.project_names(identifier):
        try:
            view = show_project(session.evidence.cursor(), name)
        except NotFoundError:
            continue
        about, inferred = read_about(session, name), show_inferred(session.evidence.cursor(), name)
        if session.as_json:
            answer = {"project": view, "about": about, "inferred": inferred}
            write_json(session, view.acronym or view.title or name, answer)
        else:
            _write_project(view, session)
            write_about(session, about)
            write_inferred(session, inferred)
        return
    raise identify.no_project(session, identifier)


@command(name="region")
@click.argument("codes")
def show_one_region(session: Session, codes: str) -> None:
    """Show a region, or several as one.

    \b
    CODES are NUTS codes joined by +: NL, NL11 or NL11+NL12+NL13. Former codes are followed.
    """
    held = identify.regions(session, codes)
    view = show_region(session.evidence.cursor(), held)
    others = show_region_receipts(session.evidence.cursor(), held)
    with session.open_store() as store:
        own = list_figures(store, [f"region:{code}" for code in held])
    if session.as_json:
        title = " + ".join(each.name for each in view.regions)
        # The web can narrow a region to a technology, and says so; here it is whole.
        answer = {"region": view, "asked": {}, "other_sources": others, "own_figures": own}
        write_json(session, title, answer)
    else:
        _write_region(view, others, session)


for each in (show_one_organisation, show_one_project, show_one_region):
    show.add_command(each)


def _write_organisation(view: OrganisationView, others: OtherSources, session: Session) -> None:
    say, label, location = session.words, view.label, view.location
    write_line(_name(label, session), "bold")
    region = " ".join(filter(None, (location.nuts3, location.nuts3_name)))
    address = ", ".join(filter(None, (view.street, view.postcode, label.city, label.country)))
    sme = "" if view.is_sme is None else say("yes" if view.is_sme else "no")
    as_of = f" ({day(view.is_sme_as_of, session)})" if view.is_sme_as_of and sme else ""
    write_facts(
        [
            (say("identifier"), label.organisation_id),
            (say("kind"), say(label.kind) if label.kind else ""),
            (say("SME"), sme + as_of),
            (say("address"), address),
            (
                say("region"),
                f"{region} ({say('by')} {location.nuts3_method})" if region else "",
            ),
            (say("municipality"), location.municipality or ""),
            (say("province"), location.province or ""),
            (say("website"), view.website or ""),
            *((each.register.upper(), each.number) for each in others.identifiers),
            (say("projects"), amount(view.projects_total, session)),
            (say("participations"), amount(view.participations, session)),
            (say("coordinated"), amount(view.coordinated, session)),
            (say("contribution"), amount(view.contribution_eur, session)),
            (say("partners"), amount(view.partners_total, session)),
        ]
    )
    write_line()
    write_table(
        [say("record"), say("rule"), say("name"), say("participations")],
        [
            (
                member.source_key,
                f"{member.rule} {member.ruling}" if member.ruling else member.rule,
                member.name or say("without a name"),
                amount(member.participations, session),
            )
            for member in view.members
        ],
        [3],
    )
    _write_years(view.years, session)
    write_table(
        [say("partners"), say("country"), say("shared projects"), say("period")],
        [
            (
                _name(row.partner, session),
                row.partner.country or "",
                amount(row.shared_projects, session),
                "-".join(str(year) for year in (row.first_year, row.last_year) if year),
            )
            for row in view.partners
        ],
        [2],
    )
    write_table(
        [say("project"), say("acronym"), say("start"), say("role"), say("contribution")],
        [
            (
                row.project_id,
                row.acronym or row.title or "",
                day(row.start_date, session),
                row.role or "",
                amount(row.contribution_eur, session),
            )
            for row in view.projects
        ],
        [4],
    )
    _write_fields(view.fields, session)
    _write_other_sources(others, session)
    if view.judgements:
        write_line(say("what was said").capitalize(), "bold")
        for line in view.judgements:
            write_line(
                f"{line.number}. {say(line.kind)} {line.subject} {line.object}: {line.reason} "
                f"({line.author}, {day(line.made_at, session)})"
            )
    _write_foot(session, f"--organisation {label.organisation_id}")
    write_notes(session, [view.contribution_eur, view.projects_total, *others.figures])


def _write_other_sources(others: OtherSources, session: Session) -> None:
    say = session.words
    write_line(say("What other sources say"), "bold")
    _write_figures((*others.figures, others.total), session)
    write_table(
        [say("source"), say("year"), say("what"), say("role"), say("amount"), say("source row")],
        [
            (
                row.list,
                str(row.year or ""),
                row.what or row.project_id or "",
                row.role,
                amount(row.amount_eur, session),
                str(row.record_id),
            )
            for row in others.receipts
        ],
        [4],
    )


def _write_figures(figures: Sequence[Figure], session: Session) -> None:
    write_facts(
        (MEASURES[figure.measure].title.in_language(session.language), amount(figure, session))
        for figure in figures
    )
    write_line()


def _write_project(view: ProjectView, session: Session) -> None:
    say = session.words
    write_line(": ".join(filter(None, (view.acronym, view.title))) or view.project_id, "bold")
    write_facts(
        [
            (say("identifier"), view.project_id),
            (say("status"), view.status or ""),
            (say("start"), day(view.start_date, session)),
            (say("end"), day(view.end_date, session)),
            (say("total cost"), amount(view.total_cost_eur, session)),
            (say("grant"), amount(view.ec_max_contribution_eur, session)),
            (say("contribution"), amount(view.contribution_eur, session)),
            (say("organisations"), amount(view.organisations_total, session)),
            (say("countries"), amount(view.countries_total, session)),
            (say("scheme"), view.funding_scheme or ""),
            (say("call"), view.sub_call or view.master_call or ""),
            ("DOI", view.doi or ""),
        ]
    )
    write_line()
    write_table(
        [
            say("organisation"),
            say("name"),
            say("country"),
            say("region"),
            say("role"),
            say("contribution"),
        ],
        [
            (
                row.organisation.organisation_id,
                _name(row.organisation, session),
                row.organisation.country or "",
                row.region or "",
                row.role,
                amount(row.contribution_eur, session),
            )
            for row in view.participants
        ],
        [5],
    )
    for title, rows in (
        ("fields of science", [(code, path) for code, path, _, _ in view.fields]),
        ("topics", [(topic, name) for topic, name, _ in view.topics]),
        ("programme parts", [(part, name or "") for part, name, _ in view.programme_parts]),
    ):
        if rows:
            write_table([say("code"), say(title)], rows)
    if view.objective:
        write_line(view.objective)
    _write_foot(session, f"--project {view.project_id}")
    write_notes(session, [view.contribution_eur])


def _write_region(view: RegionView, others: RegionReceipts, session: Session) -> None:
    say = session.words
    above = " > ".join(each.name for each in view.above)
    write_line(" + ".join(f"{each.code} {each.name}" for each in view.regions), "bold")
    write_facts(
        [
            (say("part"), above),
            (say("projects"), amount(view.projects_total, session)),
            (say("organisations"), amount(view.organisations_total, session)),
            (say("SME organisations"), amount(view.sme_organisations, session)),
            (say("participations"), amount(view.participations, session)),
            (say("coordinated"), amount(view.coordinated, session)),
            (say("contribution"), amount(view.contribution_eur, session)),
        ]
    )
    write_line()
    shared = [say("projects"), say("organisations"), say("contribution")]
    write_table(
        [say("kind"), *shared],
        [
            (
                say(row.kind or "not known"),
                amount(row.projects, session),
                amount(row.organisations, session),
                amount(row.contribution_eur, session),
            )
            for row in view.kinds
        ],
        [1, 2, 3],
    )
    _write_years(view.years, session)
    for title, rows in (("region", view.inside), ("partners", view.partner_regions)):
        if rows:
            write_table(
                [say(title), say("name"), *shared],
                [
                    (
                        row.region.code,
                        row.region.name,
                        amount(row.projects, session),
                        amount(row.organisations, session),
                        amount(row.contribution_eur, session),
                    )
                    for row in rows
                ],
                [2, 3, 4],
            )
    write_table(
        [say("organisation"), say("name"), say("projects"), say("contribution")],
        [
            (
                row.organisation.organisation_id,
                _name(row.organisation, session),
                amount(row.projects, session),
                amount(row.contribution_eur, session),
            )
            for row in view.organisations
        ],
        [2, 3],
    )
    _write_fields(view.fields, session)
    write_line(say("What other sources say"), "bold")
    _write_figures((*others.figures, others.placed, others.total), session)
    _write_foot(session, f"--region {'+'.join(view.codes)}")
    write_notes(session, [view.contribution_eur, *others.figures])


def _write_years(rows: Sequence[YearRow], session: Session) -> None:
    say = session.words
    write_table(
        [say("year"), say("programme"), say("projects"), say("contribution")],
        [
            (
                str(row.year) if row.year else say("not known"),
                row.programme,
                amount(row.projects, session),
                amount(row.contribution_eur, session),
            )
            for row in rows
        ],
        [2, 3],
    )


def _write_fields(rows: Sequence[FieldRow], session: Session) -> None:
    if rows:
        say = session.words
        write_table(
            [say("fields of science"), say("projects")],
            [(row.path, amount(row.projects, session)) for row in rows],
            [1],
        )


def _write_foot(session: Session, scope: str) -> None:
    say, evidence = session.words, session.evidence
    write_line(say("Evidence {} of {}.", evidence.number, day(evidence.built_at, session)), "dim")
    how = say("Where a number comes from:")
    write_line(f"{how} keten why contribution_eur {scope}", "dim")


def _name(label: Label, session: Session) -> str:
    return label.name or f"{label.organisation_id} ({session.words('without a name')})"
