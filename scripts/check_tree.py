"""Fails when a committed file ties the project to one machine, or is too big to be a source."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 1_000_000

# Brackets around one letter of each keep this file from naming what it looks for.
HOSTS = re.compile(
    r"\b(?:[p]ypi\.org|[p]ythonhosted\.org|[n]pmjs\.(?:org|com)|[y]arnpkg\.com"
    r"|(?:deb|ftp|security|snapshot)\.[d]ebian\.org|[a]naconda\.org|[c]rates\.io"
    r"|[p]roxy\.golang\.org|[m]aven\.(?:org|apache\.org))\b",
    re.IGNORECASE,
)
# Only where a path starts: what follows a host name or a variable is no place on a machine.
PATHS = re.compile(r"(?<![\w.:)}/$~-])/(?:work|root|home/[a-z_]\w*|Users/[A-Za-z_]\w*)/")
LOCKS = re.compile(r"(?:^|/)(?:[\w.-]+\.lock|package-lock\.json|requirements[\w.-]*\.txt)$")
ADDRESS = re.compile(
    r"\w://|^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b"
    r'|"resolved"\s*:',
)
# These formats cannot be written without an address.
BANNED = ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml")


def main() -> int:
    """Prints every finding with its place; gives 1 when there is one."""
    names = list_committed(ROOT)
    findings = [finding for name in names for finding in find_faults(name, read(ROOT / name))]
    print(*findings, sep="\n", end="\n" if findings else "")
    print(f"check_tree: {len(names)} files, {len(findings)} findings")
    return 1 if findings else 0


def list_committed(root: Path) -> list[str]:
    """Every file that git tracks and that is still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True
    ).stdout
    return [name for name in listed.split("\0") if name and (root / name).is_file()]


def read(path: Path) -> bytes:
    """The bytes of a file, or where a link leads."""
    return str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()


def find_faults(name: str, content: bytes) -> Iterator[str]:
    """One line for each thing in this file that must not be committed."""
    if len(content) > MOST_BYTES:
        yield f"{name}: {len(content):,} bytes; more than {MOST_BYTES:,} does not belong here"
    if Path(name).name in BANNED:
        yield f"{name}: a lock file of this kind holds addresses"
    if b"\0" in content:
        return
    is_lock = bool(LOCKS.search(name))
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if host := HOSTS.search(line):
            yield f"{name}:{number}: names a package registry's host: {host[0]}"
        if path := PATHS.search(line):
            yield f"{name}:{number}: a path of one machine: {path[0]}"
        if is_lock and (address := ADDRESS.search(line)):
            yield f"{name}:{number}: an address in a lock file: {address[0].strip()}"


if __name__ == "__main__":
    sys.exit(main())
