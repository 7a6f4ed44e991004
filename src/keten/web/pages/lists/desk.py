"""The desk: sheets that were sent and are not stored yet, each its sender's alone, and their previews.

A sheet lies in a folder of its own until it is imported, put away, or a day old. Its preview is worked
out beside the visitors and kept in this process; another process works it out again.
"""

import json
import re
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from keten.errors import NotFoundError
from keten.lists.things import ThingPreview
from keten.lists.views import Preview

_FOLDER: Final = "uploads"
_KEPT: Final = timedelta(days=1)
_MOST_KEPT: Final = 12  # previews; a large one takes some hundred megabytes
_WAIT_SECONDS: Final = 6.0
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A sheet that somebody sent: its file, and what they said of it so far."""

    token: str
    account: int
    file: str
    name: str  # of the list
    visibility: str
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""  # of the list: as the sheet looks, where nothing is said
    choices: Mapping[str, str] = field(
        default_factory=dict
    )  # of rows that are to be chosen, so far


@dataclass(slots=True)
class Job:
    """A preview that is being worked out, and how far it is."""

    share: float = 0.0
    future: "Future[Preview | ThingPreview]" = field(default_factory=Future)


class Desk:
    """The sheets of everybody, below one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def keep(self, sent: Sent, content: bytes, now: datetime) -> Sent:
        """Put a sheet on the desk and give it its token; what lies there for a day goes."""
        self._clear(now)
        sent = replace(sent, token=secrets.token_hex(16))
        folder = self._folder / sent.token
        folder.mkdir(parents=True)
        (folder / "content").write_bytes(content)
        self.change(sent)
        return sent

    def change(self, sent: Sent) -> None:
        """Write what is said of a sheet."""
        text = json.dumps(asdict(sent), ensure_ascii=False)
        (self._folder / sent.token / "sent.json").write_text(text, "utf-8")

    def find(self, token: str, account: int) -> Sent:
        """Give a sheet to who sent it.

        Raises: NotFoundError for everybody else, and where there is none.
        """
        try:
            if _TOKEN.fullmatch(token):
                text = (self._folder / token / "sent.json").read_text("utf-8")
                sent = Sent(**json.loads(text))
                if sent.account == account:
                    return sent
        except OSError:
            pass
        raise NotFoundError(
            "This sheet is not here any more.", "It was imported or put away; send it again."
        )

    def content(self, sent: Sent) -> bytes:
        """Give the file itself."""
        return (self._folder / sent.token / "content").read_bytes()

    def drop(self, sent: Sent) -> None:
        """Put a sheet away."""
        shutil.rmtree(self._folder / sent.token, ignore_errors=True)

    def _clear(self, now: datetime) -> None:
        for folder in self._folder.glob("*"):
            try:
                made_at = datetime.fromtimestamp(folder.stat().st_mtime, now.tzinfo)
            except OSError:
                continue
            if now - made_at > _KEPT:
                shutil.rmtree(folder, ignore_errors=True)


Looked = Preview | ThingPreview
_pool: Final = ThreadPoolExecutor(1, "sheet")
_lock: Final = threading.Lock()
_jobs: Final["OrderedDict[Any, Job]"] = OrderedDict()


def work_out(asked: Any, look: Callable[[Callable[[str, float], None]], Looked]) -> Looked | float:
    """Give a preview once it is there, else how far it is; `asked` is all that it depends on."""
    with _lock:
        job = _jobs.get(asked)
        if job is None or (job.future.done() and job.future.exception() is not None):
            job = _jobs[asked] = _start(look)
        _jobs.move_to_end(asked)
        while len(_jobs) > _MOST_KEPT:
            _jobs.popitem(last=False)
    try:
        return job.future.result(_WAIT_SECONDS)
    except NotYetError:
        return job.share


def _start(look: Callable[[Callable[[str, float], None]], Looked]) -> Job:
    job = Job()

    def tell(_what: str, share: float) -> None:
        job.share = share

    job.future = _pool.submit(look, tell)
    return job
