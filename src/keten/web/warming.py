"""Warming: reads beforehand what pages need, so that the first visitors do not wait for it."""

import contextlib
import threading
from collections.abc import Callable
from typing import Final

from keten.atlas.answers import list_regions, outline, overview, read_chain
from keten.atlas.mission_answers import list_missions, show_mission
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.taxonomy_answers import show_entry
from keten.atlas.technology_answers import list_technologies, show_technology
from keten.atlas.technology_name import read_technologies
from keten.atlas.traits import read_traits
from keten.diagnosis.answers import find_crossover, show_specialisation
from keten.errors import KetenError
from keten.matchmaking.answers import read_backtest, read_network
from keten.web.caveats import read_caveats_in
from keten.web.language import LANGUAGES
from keten.web.visit import House

_LOOK_S: Final = 2.0  # how soon an evidence that was built meanwhile is read


def warm(house: House, threads: int, warmed: Callable[[], None]) -> Callable[[], None]:
    """Let each thread of the pool read what every page needs, and one beside them all that takes long.

    That one calls `warmed` when it is done, and looks on for evidence that is built meanwhile. Gives what
    ends it early: it waits for one answer at most, for a process must not end while a thread of it still
    reads the evidence.
    """
    here = threading.Barrier(threads)
    for _ in range(threads):
        house.pool.submit(_warm_thread, house, here)
    # Not in the pool: a visitor who comes meanwhile would stand in line behind it.
    enough = threading.Event()
    apart = threading.Thread(
        target=_keep_warm, args=(house, warmed, enough), name="warming", daemon=False
    )
    apart.start()

    def stop() -> None:
        enough.set()
        apart.join()

    return stop


def _warm_thread(house: House, here: threading.Barrier) -> None:
    with contextlib.suppress(KetenError, threading.BrokenBarrierError):
        here.wait(timeout=10)  # until every thread of the pool is here: each has its own cursor
        con, home = house.shelf.evidence().cursor(), house.settings.home_country
        overview(con, home)
        list_regions(con, home)
        outline(con, (home,))


def _keep_warm(house: House, warmed: Callable[[], None], enough: threading.Event) -> None:
    """Read beforehand what is in force, tell it once, and do the same for each evidence that comes."""
    read = _number(house)
    _warm_chains(house, enough)
    if not enough.is_set():
        house.templates.compile_all()
    warmed()
    _warm_technologies(house, enough)
    _warm_taxonomies(house, enough, read)
    while not enough.wait(_LOOK_S):
        found = _number(house)
        if found != read:
            read = found
            _warm_chains(house, enough)
            _warm_technologies(house, enough)
            _warm_taxonomies(house, enough, read)


def _number(house: House) -> int | None:
    """Give the number of the evidence in force; None while there is none to read."""
    try:
        return house.shelf.evidence().number
    except KetenError:
        return None


def _warm_chains(house: House, enough: threading.Event) -> None:
    """Work out what is kept of chains: how their regions stand in Europe, and who worked with whom."""
    with contextlib.suppress(KetenError):
        con, store = house.shelf.evidence().cursor(), house.judgements.reading()
        for language in LANGUAGES:
            read_caveats_in(con, language)
        for content in store.contents("chain") if store else ():
            if enough.is_set():
                return
            read_network(con)
            with contextlib.suppress(KetenError):  # one that cannot be read is told on its own page
                chain = read_chain(content.value)
                for read in (
                    lambda chain=chain: read_backtest(con, chain.regions[0][:2], chain.chain),
                    lambda chain=chain: show_specialisation(con, chain),
                    lambda chain=chain: find_crossover(con, chain),
                ):
                    if not enough.is_set():
                        read()


def _warm_technologies(house: House, enough: threading.Event) -> None:
    """Work out what the pages of technologies show: every one counts over all participations."""
    with contextlib.suppress(KetenError):
        con, home = house.shelf.evidence().cursor(), house.settings.home_country
        if not house.quiet.wait(enough):
            return
        list_technologies(con)
        for name in read_technologies(con):
            if not house.quiet.wait(enough):
                return
            show_technology(con, name, home)
        for row in list_missions(con):
            if not house.quiet.wait(enough):
                return
            show_mission(con, row.mission.name, home)


def _warm_taxonomies(house: House, enough: threading.Event, read: int | None) -> None:
    """Work out what the mappings in force catch, which reads every text, and who has which trait."""
    with contextlib.suppress(KetenError):
        con, store = house.shelf.evidence().cursor(), house.judgements.reading()
        if not house.quiet.wait(enough):
            return
        read_traits(con)
        for taxonomy in in_force(list_taxonomies(store), house.clock().date()):
            for entry in taxonomy.entries:
                # Visitors go first: this reads every text, and holds up whoever comes meanwhile.
                if not house.quiet.wait(enough) or _number(house) != read:
                    return
                show_entry(con, store, taxonomy, entry.entry)
