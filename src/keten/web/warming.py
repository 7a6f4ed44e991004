"""Warming: reads beforehand what pages need, so that the first visitors do not wait for it."""

import contextlib
import threading
from collections.abc import Callable

from keten.atlas.answers import list_regions, outline, overview, read_chain
from keten.diagnosis.answers import find_crossover, show_specialisation
from keten.errors import KetenError
from keten.matchmaking.answers import read_backtest, read_network
from keten.web.caveats import read_caveats_in
from keten.web.language import LANGUAGES
from keten.web.visit import House


def warm(house: House, threads: int, warmed: Callable[[], None]) -> None:
    """Let each thread of the pool read what every page needs, and one beside them all that takes long.

    That one calls `warmed` when it is done.
    """
    here = threading.Barrier(threads)
    for _ in range(threads):
        house.pool.submit(_warm_thread, house, here)
    # Not in the pool: a visitor who comes meanwhile would stand in line behind it.
    threading.Thread(target=_warm_house, args=(house, warmed), name="warming").start()


def _warm_thread(house: House, here: threading.Barrier) -> None:
    with contextlib.suppress(KetenError, threading.BrokenBarrierError):
        here.wait(timeout=10)  # until every thread of the pool is here: each has its own cursor
        con, home = house.shelf.evidence().cursor(), house.settings.home_country
        overview(con, home)
        list_regions(con, home)
        outline(con, (home,))


def _warm_house(house: House, warmed: Callable[[], None]) -> None:
    _warm_chains(house)
    house.templates.compile_all()
    warmed()


def _warm_chains(house: House) -> None:
    """Work out what is kept of chains: how their regions stand in Europe, and who worked with whom."""
    with contextlib.suppress(KetenError):
        con, store = house.shelf.evidence().cursor(), house.judgements.reading()
        for language in LANGUAGES:
            read_caveats_in(con, language)
        for content in store.contents("chain") if store else ():
            read_network(con)
            with contextlib.suppress(KetenError):  # one that cannot be read is told on its own page
                chain = read_chain(content.value)
                read_backtest(con, chain.regions[0][:2], chain.chain)
                show_specialisation(con, chain)
                find_crossover(con, chain)
