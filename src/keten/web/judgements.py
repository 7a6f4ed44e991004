"""The workspace as pages use it: read where there is one, made when somebody first writes."""

import threading
from collections.abc import Iterable
from pathlib import Path

from keten.errors import WorkspaceError
from keten.model import Judgement
from keten.workspace import Store, is_server_address, open_store


class Judgements:
    """Reads the workspace where there is one; reading never makes it, and pages stand without it."""

    def __init__(self, home: Path, address: str = "") -> None:
        self._home, self._address = home, address
        is_server = is_server_address(address)
        self._path = None if is_server else Path(address) if address else home / "workspace.sqlite"
        self._store: Store | None = None
        self._lock = threading.Lock()
        self._seen: tuple[str, str] = ("", "")  # the files as they last were, and what they held

    def on(self, keys: Iterable[str]) -> tuple[Judgement, ...]:
        """Give what was said of these source keys and holds, oldest first."""
        store = self.reading()
        if store is None:
            return ()
        try:
            return tuple(store.judgements_on(keys))
        except WorkspaceError:
            return ()

    def numbered(self, numbers: Iterable[int]) -> tuple[Judgement, ...]:
        """Give the public lines with these numbers, oldest first."""
        store, wanted = self.reading(), set(numbers)
        if store is None or not wanted:
            return ()
        try:
            return tuple(line for line in store.judgements() if line.number in wanted)
        except WorkspaceError:
            return ()

    def reading(self) -> Store | None:
        """Give the workspace to read in, None where there is none."""
        if self._path is not None and not self._path.is_file():
            return None
        try:
            return self.writing()
        except WorkspaceError:
            return None

    def writing(self) -> Store:
        """Give the workspace to write in, made first where it has to be.

        Raises: WorkspaceError when it cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._store = open_store(self._home, self._address)
            return self._store

    def state(self) -> str:
        """Give a text that changes whenever somebody may have said something.

        Signing in and out write to the same file and say nothing, so that the files alone do not do.
        """
        files, state = self._seen
        found = self._files()
        if found == files and self._path is not None:
            return state
        store = self.reading() if found or self._path is None else None
        try:
            state = store.state() if store else ""
        except WorkspaceError:
            return found
        self._seen = (found, state)
        return state

    def look_again(self) -> None:
        """Forget what the files held: this process wrote to them."""
        self._seen = ("?", "")

    def _files(self) -> str:
        found: list[str] = []
        if self._path is None:
            return ""
        for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            try:
                status = path.stat()
            except OSError:
                continue
            # Opening the workspace to read leaves an empty log beside it, which says nothing new.
            if status.st_size:
                found.append(f"{status.st_mtime_ns}.{status.st_size}")
        return "-".join(found)
