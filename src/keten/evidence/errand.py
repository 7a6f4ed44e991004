"""Errand: lets a process of its own work something out, while a build goes on with what needs the database.

The other process is given values and gives one back; it holds no database. It leaves when whoever sent
it dies, and what it could not do is done here.
"""

import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

Found_co = TypeVar("Found_co", covariant=True)

_RUN: Final = f"import sys; from {__name__} import answer; answer(*sys.argv[1:])"


class Errand(Generic[Found_co]):
    """A function of a module at work elsewhere; `otherwise` does the same here."""

    def __init__(
        self, do: Callable[..., Found_co], given: tuple[Any, ...], otherwise: Callable[[], Found_co]
    ) -> None:
        self._otherwise = otherwise
        command = [sys.executable, "-c", _RUN, do.__module__, do.__name__]
        self._other = subprocess.Popen(  # noqa: S603 - this very module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            pickle.dump(given, self._in())
            self._in().flush()
        except OSError:  # it is gone already, which `finish` notices
            return

    def finish(self) -> Found_co:
        """Wait for what was found, and give it."""
        told = self._out().read()
        # Its input stays open till now: that it ends tells the other that nobody waits for it.
        went_well = self._other.wait() == 0 and told
        self._close()
        found: Found_co = pickle.loads(told) if went_well else self._otherwise()  # noqa: S301 - our own
        return found

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._other.kill()
        self._other.wait()
        self._close()

    def _in(self) -> Any:
        return self._other.stdin

    def _out(self) -> Any:
        return self._other.stdout

    def _close(self) -> None:
        for pipe in (self._in(), self._out()):
            try:
                pipe.close()
            except OSError:  # what was still to be sent finds nobody
                continue


def answer(module: str, name: str) -> None:
    """Do what is asked by way of the standard input, and tell by way of the standard output."""
    given = pickle.load(sys.stdin.buffer)  # noqa: S301 - sent by ourselves
    threading.Thread(target=_leave_with_sender, daemon=True).start()
    found = getattr(importlib.import_module(module), name)(*given)
    sys.stdout.buffer.write(pickle.dumps(found))
    sys.stdout.buffer.flush()


def _leave_with_sender() -> None:
    # By the bare number: a reader of the buffer would hold its lock when the process ends.
    while os.read(0, 1024):
        pass
    os._exit(1)
