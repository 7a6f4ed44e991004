"""A PostgreSQL server of the tests' own, in a temporary folder, reached over a socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_S = 60.0


class NoServerError(Exception):
    """Why there is none here."""


@contextmanager
def run_server() -> Iterator[str]:
    """Start a server and give the address of it, without the name of a database."""
    initdb, postgres = find_program("initdb"), find_program("postgres")
    user = find_user()
    folder = Path(tempfile.mkdtemp(prefix="keten-pg-"))
    process = None
    try:
        given: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL}
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
            given |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = folder / "data"
        made = subprocess.run(
            [initdb, "-D", data, "-U", "keten", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            stderr=subprocess.PIPE, text=True, check=False, **given,
        )  # fmt: skip
        if made.returncode:
            raise NoServerError(f"initdb failed: {made.stderr.strip()[-200:]}")
        # It is thrown away: nothing has to outlive a power cut.
        options = (
            "listen_addresses=",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        )
        command = [postgres, "-D", data, "-k", folder, *(f"-c{option}" for option in options)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stderr=log, **given)
        wait_until_it_answers(folder, process)
        yield f"postgresql://keten@/{{}}?host={folder}"
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it has to stay
            process.wait(timeout=PATIENCE_S)
        shutil.rmtree(folder, ignore_errors=True)


def find_program(name: str) -> str:
    """Find a program of PostgreSQL: on the path, or where Debian keeps the newest."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, versions), None)
    if found is None:
        raise NoServerError(f"the program {name} of PostgreSQL is not installed")
    return found


def find_user() -> pwd.struct_passwd | None:
    """Give whom the server runs as: it refuses to run as root; None is who we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("we are root, and there is no other user to run PostgreSQL as")


def wait_until_it_answers(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a question is answered."""
    psycopg = load_driver()
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            psycopg.connect(f"host={folder} user=keten dbname=postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise NoServerError(f"it ended: {(folder / 'log').read_text()[-300:]}") from None
            time.sleep(0.05)
        else:
            return
    raise NoServerError("it did not answer in time")


def load_driver() -> Any:
    """Give the driver, an extra dependency of the product."""
    try:
        import psycopg
    except ImportError as error:
        raise NoServerError("the package psycopg is not installed") from error
    return psycopg
