"""The real server in a process of its own, on a free port, for as long as a benchmark needs it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

_SERVE = (
    "from keten.settings import read_settings; from keten.web.server import serve; "
    "serve(read_settings())"
)


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    host: str
    port: int
    process: psutil.Process

    def cpu_s(self) -> float:
        """Give the CPU seconds taken so far, by its children too."""
        taken = [self.process, *self.process.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in taken)

    def memory_mb(self) -> float:
        """Give the memory held now, by its children too."""
        holding = [self.process, *self.process.children(recursive=True)]
        return sum(one.memory_info().rss for one in holding) / 2**20


@contextlib.contextmanager
def serving(home: Path, *, workers: int = 1) -> Iterator[Server]:
    """Serve the evidence below `home`; raises RuntimeError when the server does not come up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"KETEN_HOME": home, "KETEN_PORT": port, "KETEN_WORKERS": workers}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KETEN_")},
        **{name: str(value) for name, value in settings.items()},
        "OMP_NUM_THREADS": "1",
    }
    child = subprocess.Popen([sys.executable, "-c", _SERVE], env=environment)
    try:
        _wait_for(port, child)
        yield Server("127.0.0.1", port, psutil.Process(child.pid))
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at:
        if child.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError("The server does not answer; its words are above.")
