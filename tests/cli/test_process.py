"""The command line as its own process: pipes, colours, the demo from nothing to a page."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

KETEN = (sys.executable, "-c", "from keten.cli import main; main()")


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KETEN_")}
    return kept | more


def test_a_reader_that_has_seen_enough_is_no_error(built: Path) -> None:
    script = f"{sys.executable} -c 'from keten.cli import main; main()' issues --json | head -n 1"
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(KETEN_HOME=str(built / "home")),
        check=False,
    )
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_pipe_gets_whole_lines_without_colours(built: Path) -> None:
    done = subprocess.run(
        [*KETEN, "show", "region", "QN"],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(KETEN_HOME=str(built / "home"), COLUMNS="20", LANG="C.UTF-8"),
        check=True,
    )
    assert "\x1b" not in done.stdout
    assert "…" not in done.stdout


# Nobody listens there: as good as no network.
NO_NETWORK = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"KETEN_DEMO": "invented"}, "Inventing a region"),
        (NO_NETWORK, "a region is invented instead"),
    ],
)
def test_the_demo_goes_from_nothing_to_pages(
    tmp_path: Path, more: dict[str, str], said: str
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = subprocess.Popen(
        [*KETEN, "demo"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(KETEN_HOME="home", KETEN_DATA="", KETEN_PORT=str(port), **more),
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            assert demo.poll() is None, demo.stderr and demo.stderr.read()
            try:
                page = opener.open(f"{address}/en/", timeout=10).read().decode()
                break
            except OSError:
                time.sleep(0.5)
        region = json.load(opener.open(f"{address}/nl/regions/QN.json", timeout=10))
        assert "QN" in page or "Nowhereland" in page or "Nergensland" in page
        assert region["evidence"]["invented"] is True
        # The port is taken now: a second one says so in two lines.
        second = subprocess.run(
            [*KETEN, "serve", "--port", str(port), "--home", str(tmp_path / "home")],
            capture_output=True,
            text=True,
            timeout=60,
            env=environment(),
            check=False,
        )
        assert second.returncode == 2
        assert len(second.stderr.splitlines()) == 2
    finally:
        demo.send_signal(signal.SIGINT)
        out, _ = demo.communicate(timeout=30)
    assert said in out
    assert f"{address}/nl/invitation/" in out
    assert not (tmp_path / "data").exists()
    assert address in out


def test_a_word_for_the_demo_that_is_unknown_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [*KETEN, "demo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(KETEN_DEMO="real", KETEN_HOME="home"),
        check=False,
    )
    assert done.returncode == 2
    assert "'real'" in done.stderr
