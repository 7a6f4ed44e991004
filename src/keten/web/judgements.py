"""What people said of an organisation's records, laid over what the last build knew."""

import threading
from collections.abc import Iterable
from pathlib import Path

from keten.errors import WorkspaceError
from keten.model import Judgement
from keten.workspace import Store, open_store


class Judgements:
    """Reads the workspace where there is one; pages never make it, and stand without it."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = home / "workspace.sqlite"
        self._store: Store | None = None
        self._lock = threading.Lock()

    def on(self, keys: Iterable[str]) -> tuple[Judgement, ...]:
        """Give what was said of these source keys and holds, oldest first."""
        if not self._path.is_file():
            return ()
        try:
            with self._lock:
                if self._store is None:
                    self._store = open_store(self._home)
            return tuple(self._store.judgements_on(keys))
        except WorkspaceError:
            return ()

    def state(self) -> str:
        """Give a text that changes whenever somebody may have said something."""
        found = []
        for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            try:
                status = path.stat()
            except OSError:
                continue
            # Opening the workspace to read leaves an empty log beside it, which says nothing new.
            if status.st_size:
                found.append(f"{status.st_mtime_ns}.{status.st_size}")
        return "-".join(found)
