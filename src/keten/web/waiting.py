"""How many suggestions wait for an answer: counted for the menu of editors, once for each new line."""

from keten.atlas.suggestions import count_open
from keten.errors import WorkspaceError
from keten.web.visit import Visit


def count_waiting(visit: Visit) -> int:
    """Give how many suggestions wait, nothing to who may not answer them."""
    if visit.person is None or not visit.person.may("editor"):
        return 0
    state = visit.house.judgements.state()
    known: tuple[str, int] = getattr(visit.request.app.state, "waiting", ("?", 0))
    if known[0] != state:
        try:
            known = (state, count_open(visit.store_to_read))
        except WorkspaceError:
            return 0  # a page can still be shown
        visit.request.app.state.waiting = known
    return known[1]
