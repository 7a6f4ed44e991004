"""Progress bars on stderr, drawn only for a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from keten.cli.output import console

Tell = Callable[[str, float], None]


@contextmanager
def bars() -> Iterator[Tell]:
    """Give a function that is told what is at work, and its share done; a bar for each."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console(err=True)) as progress:

        def tell(what: str, share: float) -> None:
            if what and what not in tasks:
                tasks[what] = progress.add_task(what, total=1.0)
            if what:
                progress.update(tasks[what], completed=share)

        yield tell
