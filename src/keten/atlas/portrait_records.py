"""Records: what editors say that an organisation is about, as lines that nothing overwrites."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from keten.atlas.abouts import ABOUT
from keten.atlas.portrait import ONE, read_keys, read_lines, read_technologies
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.model import ABOUT_LABELS, Judgement

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store


def say_of_organisation(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    organisation_id: str,
    technology: str,
    label: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    seen: int | None = None,
) -> Judgement:
    """Keep that an organisation develops, applies or has nothing to do with a technology.

    The line is on a record of a source, so that it stays where it belongs whatever is joined or parted.
    `seen` is the line that the writer saw, 0 for none, None for whatever stands. Raises: NotFoundError
    for what the evidence does not know; UsageError without a label or a reason; ConflictError when
    somebody else said something meanwhile.
    """
    if label not in ABOUT_LABELS:
        raise UsageError(
            f"'{label[:40]}' is nothing that an organisation does with a technology.",
            f"Choose from: {', '.join(ABOUT_LABELS)}.",
        )
    if not reason.strip():
        raise UsageError("This needs a reason.", "Say in a few words why: others will read it.")
    if technology not in read_technologies(con):
        raise NotFoundError(
            f"'{technology[:60]}' is no technology in this evidence.",
            f"There are: {', '.join(read_technologies(con)) or 'none'}.",
        )
    row = con.execute(
        "select anchor_key from organisation where organisation_id = $organisation",
        {"organisation": organisation_id},
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"No organisation has the identifier '{organisation_id[:60]}' in this evidence.",
            'Look it up by name: keten find "<name>".',
        )
    standing, _ = read_lines(store, read_keys(con, organisation_id)).get(technology, (None, ()))
    holds = standing.number if standing else 0
    if seen is not None and holds != seen:
        raise ConflictError(
            "Somebody said something of this organisation meanwhile.",
            "Read what they wrote, and say it again if you see it otherwise.",
            later=holds,
        )
    return store.record(
        ABOUT, standing.subject if standing else row[0], f"{ONE}:{technology}", reason.strip(), author,
        made_at, value={"label": label}, supersedes=holds or None,
    )  # fmt: skip
