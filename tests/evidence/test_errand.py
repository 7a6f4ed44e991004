"""An errand: another process finds what this one would, and does not outlive who sent it."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from keten.evidence.errand import Errand

_SENDER = """
import sys, time
from keten.evidence.errand import Errand
errand = Errand(time.sleep, (60,), lambda: None)
print(errand._other.pid, flush=True)
time.sleep(60)
"""


def test_another_process_finds_it() -> None:
    assert Errand(os.getpid, (), os.getpid).finish() != os.getpid()
    assert Errand(math.hypot, (3.0, 4.0), lambda: -1.0).finish() == 5.0


def test_what_the_other_could_not_do_is_done_here() -> None:
    assert Errand(math.sqrt, (-1.0,), lambda: 7.0).finish() == 7.0


def test_stopping_ends_the_other() -> None:
    errand = Errand(time.sleep, (60,), lambda: None)
    errand.stop()
    assert errand._other.returncode == -signal.SIGKILL


def test_it_leaves_when_its_sender_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _SENDER], stdout=subprocess.PIPE) as sender:
        assert sender.stdout is not None
        other = int(sender.stdout.readline())
        time.sleep(0.5)
        assert _is_alive(other)
        sender.kill()
        sender.wait()
        until = time.monotonic() + 20
        while _is_alive(other) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _is_alive(other)


def _is_alive(process: int) -> bool:
    try:
        # A process that ended and that nobody has asked about yet is no longer alive either.
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("ascii")
    except OSError:
        return False
