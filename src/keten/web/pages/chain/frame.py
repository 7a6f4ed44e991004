"""What every step of a chain begins with: its definition, and whether the evidence knows it yet."""

from keten.atlas.answers import is_stale, knows_chain
from keten.atlas.answers import read_chain as read_definition
from keten.model import Chain
from keten.web.trouble import Trouble
from keten.web.visit import Visit


def read_chain(visit: Visit, name: str, *, also_new: bool = False) -> Chain:
    """Give the chain of that name, as people define it now; raises Trouble when there is none.

    `also_new`: one that no build knows yet, too; nothing is counted of it so far.
    """
    found = next((chain for chain in read_chains(visit) if chain.chain == name), None)
    if found is None:
        raise Trouble(
            visit.words("No value chain is known here as '%(name)s'.", name=name[:80]),
            visit.words("Choose one from the list of value chains."),
        )
    if not knows_chain(visit.con, name):
        if also_new:
            return found
        raise Trouble(
            visit.words("The value chain '%(name)s' is not in the evidence yet.", name=name[:80]),
            visit.words("It enters with the next build: keten build"),
        )
    visit.chain_is_stale = is_stale(visit.con, found)
    return found


def read_chains(visit: Visit) -> tuple[Chain, ...]:
    """Give all chains as people define them, by name."""
    store = visit.store_to_read
    if store is None:
        return ()
    return tuple(read_definition(content.value) for content in store.contents("chain"))
