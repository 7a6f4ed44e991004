"""`keten metro`: draws a network or sets as a metro map, and measures such a drawing."""

import time
from pathlib import Path
from typing import Any

import click
import yaml

from keten.cli.output import write_facts, write_line
from keten.cli.progress import bars
from keten.errors import UsageError
from keten.metro import (
    Drawing,
    FormatError,
    MetroError,
    Pins,
    SetSystem,
    Style,
    add_background,
    check_target,
    draw,
    draw_sets,
    read_areas,
    read_drawing,
    read_geojson,
    read_json,
    read_set_file,
)
from keten.metro import score as measure

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def metro() -> None:
    """Draw metro maps of networks and sets, and measure them."""


@metro.command(name="draw")
@click.argument("file", type=_FILE)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write there: .svg, .pdf, .png, .html or .geojson. [default: FILE.svg]")  # fmt: skip
@click.option("--title", default="", help="What stands above the map.")
@click.option("--source", default="", help="What the map was made from, for its foot.")
@click.option("--font", type=float, help="Size of letters, in station distances. [default: 0.3]")
@click.option("--aspect", type=float, help="Width by height of the sheet.")
@click.option("--effort", default=1.0, show_default=True, help="How hard to search.")
@click.option("--seed", default=0, show_default=True, help="Another seed, another drawing.")
@click.option("--pins", type=_FILE, metavar="FILE",
              help="Stations fixed by hand: YAML or JSON with 'places' and 'sides'.")  # fmt: skip
@click.option("--own-colours", is_flag=True, help="The lines' own colours, not the palette's.")
@click.option("--lang", type=click.Choice(("en", "nl")), default="en", show_default=True,
              help="Language of the map's own words.")  # fmt: skip
@click.option("--background", type=_FILE, metavar="FILE",
              help="Regions and water behind the map: GeoJSON with 'name' and 'kind'.")  # fmt: skip
@click.option("--start", type=_FILE, metavar="FILE",
              help="An earlier drawing as .geojson: what did not change stays where it was.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(min=0), help="End the search about then.")
def draw_file(
    file: Path,
    out: Path | None,
    title: str,
    source: str,
    font: float | None,
    aspect: float | None,
    effort: float,
    seed: int,
    pins: Path | None,
    own_colours: bool,
    lang: str,
    background: Path | None,
    start: Path | None,
    seconds: float | None,
) -> None:
    """Draw FILE: a GeoJSON line graph, sets as JSON ({"sets": {name: [elements]}}), or sets as CSV
    with the columns 'element' and 'set'.

    \b
    keten metro draw berlin.json --title Berlin --out berlin.pdf
    """
    try:
        options: dict[str, Any] = {
            "title": title or file.stem.capitalize(), "sources": source, "aspect": aspect,
            "effort": effort, "seed": seed, "own_colours": own_colours, "pins": _read_pins(pins),
            "language": lang,
        }  # fmt: skip
        if font is not None:
            options["style"] = Style(font=font)
        if start is not None:
            options["start"] = read_drawing(start)
        if seconds is not None:
            end = time.monotonic() + seconds
            options["stop"] = lambda: time.monotonic() > end
        target = check_target(out or file.with_suffix(".svg"))
        with bars() as tell:
            options["progress"] = lambda _stage, share: tell("map", share)
            drawing = _draw(file, background, options)
        drawing.save(target)
    except MetroError as error:
        raise UsageError(error.what, error.next_step) from error
    write_line(str(target))
    for note in drawing.notes:
        click.echo(note, err=True)


@metro.command(name="score")
@click.argument("file", type=_FILE)
@click.option("--reference", type=_FILE, metavar="FILE", help="The network it was drawn from.")
@click.option("--cell", type=float, help="A grid's cell, to count the published objective.")
def score_file(file: Path, reference: Path | None, cell: float | None) -> None:
    """Measure FILE, a drawing as a GeoJSON line graph."""
    try:
        given = read_geojson(reference) if reference else None
        made = measure(read_geojson(file), reference=given, cell=cell)
    except MetroError as error:
        raise UsageError(error.what, error.next_step) from error
    write_facts([(key.replace("_", " "), f"{value:g}") for key, value in made.as_dict().items()])


def _draw(file: Path, background: Path | None, options: dict[str, Any]) -> Drawing:
    if file.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return _draw_sets(read_set_file(file), background, options)
    loaded = read_json(file)
    if not isinstance(loaded, dict):
        raise FormatError(f"{file} holds neither a line graph nor sets.", "Give one of the two.")
    if "sets" in loaded:
        return _draw_sets(read_set_file(loaded), background, options)
    network = read_geojson(loaded)
    made = draw(network, **options)
    if background is None:
        return made
    return add_background(made, network, read_areas(background, lonlat=network.lonlat))


def _draw_sets(system: SetSystem, background: Path | None, options: dict[str, Any]) -> Drawing:
    if background is not None:
        raise UsageError("Sets lie on no ground.", "Draw them without --background.")
    return draw_sets(system, **options)


def _read_pins(file: Path | None) -> Pins:
    if file is None:
        return Pins()
    try:
        loaded = yaml.safe_load(file.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        told = " ".join(str(error).split())
        raise UsageError(f"{file} is neither YAML nor JSON: {told}", "Mend it.") from error
    if not isinstance(loaded, dict) or set(loaded) - {"places", "sides"}:
        raise UsageError(f"{file} holds no pins.", "It names 'places' and 'sides' of stations.")
    places: dict[str, tuple[float, float]] = {}
    for station, place in (loaded.get("places") or {}).items():
        try:
            x, y = (float(value) for value in place)
        except (TypeError, ValueError) as error:
            raise UsageError(
                f"{file} pins {station!r} at {place!r}.", "Give two numbers: [x, y]."
            ) from error
        places[str(station)] = (x, y)
    return Pins(places, {str(k): str(side) for k, side in (loaded.get("sides") or {}).items()})
