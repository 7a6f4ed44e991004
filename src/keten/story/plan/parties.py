"""The chapter of the parties: who stands in which stage, what of them can be seen, and the map."""

from collections.abc import Iterator, Sequence

from keten.atlas.views import StageView, Tie
from keten.model import Text
from keten.story.document import (
    Chapter,
    Line,
    Number,
    Paragraph,
    Picture,
    Piece,
    Sentence,
    Table,
    Words,
)
from keten.story.map import MapLine, draw_metro
from keten.story.plan.asked import Asked, Draft, Size, name_party
from keten.story.sentences import list_pieces, write_line, write_sentence

_MOST_ON_MAP = 5
_LEADING_PARTIES = 3

_TITLE = Text("Parties by stage", "Partijen per schakel")
_LEADING = Text(
    "With most projects about the chain: {names}.",
    "De meeste projecten over de keten hebben {names}.",
)
_CLOSEST = Text(
    "Most projects are shared by {one} and {other}: {projects}.",
    "De meeste projecten delen {one} en {other}: {projects}.",
)
_EMPTY = Text(
    "Of {stages} the evidence shows nobody: a gap, or a blind spot of this evidence.",
    "Van {stages} laten de gegevens niemand zien: een gat, of een blinde vlek van deze gegevens.",
)
_SEEN = Text(
    "European projects show only part of the firms: of the firms that got a Dutch innovation subsidy, "
    "this evidence sees {coverage}.",
    "Europese projecten laten maar een deel van de bedrijven zien: van de bedrijven met een Nederlandse "
    "innovatiesubsidie zien deze gegevens {coverage}.",
)
_CAPTION = Text(
    "Parties by stage, with their projects about the chain; first those whose projects hold its own words.",
    "Partijen per schakel, met hun projecten over de keten; eerst die met de eigen woorden van de keten.",
)
_STAGE = Text("Stage", "Schakel")
_PARTIES = Text("Parties", "Partijen")
_NOBODY = Text("nobody that this evidence shows", "niemand, volgens deze gegevens")
_OTHERS = Text(" and others", " en andere")
_MAP = Text("The chain as a map", "De keten als kaart")
_MAP_ABOUT = Text(
    "Each line is a stage, each station a party; the table of parties by stage names the same ones.",
    "Elke lijn is een schakel, elk station een partij; de tabel met partijen per schakel noemt dezelfde.",
)
_MAP_LINK = Text("Share projects about the chain", "Delen projecten over de keten")
_MAP_LINKED = Text(
    "A thin line joins two stages by the two parties that share most.",
    "Een dunne lijn verbindt twee schakels door de twee partijen die er de meeste delen.",
)
_MAP_CAPTION = Text(
    "A line for each stage, with the parties that the table names first.",
    "Een lijn per schakel, met de partijen die de tabel het eerst noemt.",
)


def prepare(asked: Asked) -> Draft:
    """Read the parties; give the chapter for a size."""
    stages = asked.view.stages
    paragraph = Paragraph(tuple(_write_sentences(asked)))

    def write(size: Size) -> Chapter:
        table = _make_table(stages, asked, size.parties)
        picture = _make_map(stages, asked, min(size.parties, _MOST_ON_MAP))
        return Chapter("parties", asked.say(_TITLE), (paragraph, table, picture))

    return write


def _write_sentences(asked: Asked) -> Iterator[Sentence]:
    view, language = asked.view, asked.language
    parties = [party for stage in view.stages for party in stage.parties]
    leading = sorted(parties, key=lambda party: -int(party.projects.value or 0))[:_LEADING_PARTIES]
    if leading:
        names = list_pieces([name_party(party.organisation) for party in leading], language)
        yield write_sentence("parties.leading", _LEADING, language, names=names)
    # A pair that shares one project is a pair like any other.
    if view.ties and (view.ties[0].projects.value or 0) > 1:
        closest = view.ties[0]
        yield write_sentence(
            "parties.closest",
            _CLOSEST,
            language,
            one=name_party(closest.one),
            other=name_party(closest.other),
            projects=closest.projects,
        )
    empty = [stage.stage for stage in view.stages if not stage.parties]
    if empty:
        names = list_pieces([asked.noun(stage.label) for stage in empty], language)
        yield write_sentence("parties.empty", _EMPTY, language, stages=names)
    if view.coverage.value is not None:
        yield write_sentence("parties.seen", _SEEN, language, coverage=view.coverage)


def _make_table(stages: Sequence[StageView], asked: Asked, most: int) -> Table:
    rows = tuple((_name_stage(stage, asked), _list_parties(stage, asked, most)) for stage in stages)
    return Table(
        write_line(_CAPTION, asked.language),
        (write_line(_STAGE, asked.language), write_line(_PARTIES, asked.language)),
        rows,
        widths=(4, 11),
    )


def _name_stage(stage: StageView, asked: Asked) -> Line:
    return (asked.own(stage.stage.label),)


def _list_parties(stage: StageView, asked: Asked, most: int) -> Line:
    """Name the first parties of a stage, each with its projects."""
    if not stage.parties:
        return write_line(_NOBODY, asked.language)
    line: list[Piece] = []
    for place, party in enumerate(stage.parties[:most]):
        line += [
            Words(", " if place else ""),
            name_party(party.organisation),
            Words(" ("),
            Number(party.projects),
            Words(")"),
        ]
    if len(stage.parties) > most:
        line.append(Words(asked.say(_OTHERS)))
    return tuple(line)


def _make_map(stages: Sequence[StageView], asked: Asked, most: int) -> Picture:
    shown = {
        party.organisation.organisation_id: name_party(party.organisation)
        for stage in stages
        for party in stage.parties[:most]
    }
    lines = [
        MapLine(
            stage.stage.stage,
            asked.say(stage.stage.label),
            tuple(party.organisation.organisation_id for party in stage.parties[:most]),
        )
        for stage in stages
    ]
    links = _join_stages(lines, asked.view.ties)
    about = asked.say(_MAP_ABOUT) + (f" {asked.say(_MAP_LINKED)}" if links else "")
    svg = draw_metro(
        lines,
        {identifier: party.name for identifier, party in shown.items()},
        title=asked.say(_MAP),
        about=about,
        name="chain-map",
        links=links,
        link_label=asked.say(_MAP_LINK),
    )
    labels = [_name_stage(stage, asked) for stage in stages]
    labels += [(party,) for party in shown.values()]
    return Picture(
        "chain-map",
        svg,
        f"{asked.say(_MAP)}. {about}",
        write_line(_MAP_CAPTION, asked.language),
        tuple(labels),
    )


def _join_stages(lines: Sequence[MapLine], ties: Sequence[Tie]) -> list[tuple[str, str]]:
    """Find for stages that are not joined yet the pair that shares most projects, closest first."""
    stage_of = {party: line.line for line in lines for party in line.stations}
    joined = {line.line: line.line for line in lines}
    links: list[tuple[str, str]] = []
    for tie in ties:
        pair = tie.one.organisation_id, tie.other.organisation_id
        if stage_of.keys() >= set(pair):
            one, other = (joined[stage_of[party]] for party in pair)
            if one != other:
                joined = {line: one if at == other else at for line, at in joined.items()}
                links.append(pair)
    return links
