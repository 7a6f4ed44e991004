"""Reads the rooms of ARCHITECTURE.md and the imports of the code; what is right the test says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EVERYTHING = "everything"


@dataclass(frozen=True)
class Room:
    """One line of the table."""

    name: str
    may_import: frozenset[str]
    is_here: bool

    def allows(self, other: str) -> bool:
        return other == self.name or other in self.may_import or EVERYTHING in self.may_import


@dataclass(frozen=True)
class Import:
    """One imported module, by its full name, and where the import stands."""

    path: Path
    line: int
    module: str
    for_types_only: bool


def read_table(markdown: str) -> dict[str, Room]:
    """The rooms of the table whose head is room, purpose, may import, here."""
    lines = iter(markdown.splitlines())
    for line in lines:
        if split_row(line) == ["room", "purpose", "may import", "here"]:
            break
    next(lines, None)  # the rule under the head
    rooms = {}
    for line in lines:
        if not line.startswith("|"):
            break
        name, _, may_import, here = split_row(line)
        allowed = frozenset(re.findall(r"`(\w+)`", may_import))
        if may_import == EVERYTHING:
            allowed = frozenset({EVERYTHING})
        rooms[name.strip("`")] = Room(name.strip("`"), allowed, here == "yes")
    return rooms


def split_row(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def list_rooms(package: Path) -> set[str]:
    """Every module and package directly under the package."""
    return {
        path.stem if path.is_file() else path.name
        for path in package.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
    }


def room_of(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def find_imports(path: Path, package: Path) -> Iterator[Import]:
    """Every import of one file, wherever it stands, relative ones made absolute."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and is_type_checking(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        for module in imported_modules(node, path, package):
            yield Import(path, getattr(node, "lineno", 0), module, id(node) in typed)


def is_type_checking(test: ast.expr) -> bool:
    return ast.unparse(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def imported_modules(node: ast.AST, path: Path, package: Path) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            base = ".".join(filter(None, [*parent(path, package, level), module]))
            # Each name, since `from keten import atlas` imports a room and not the root.
            return [f"{base}.{alias.name}" for alias in names]
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]) if ast.unparse(
            func
        ).rpartition(".")[2] in {"import_module", "__import__"}:
            return [name]
    return []


def parent(path: Path, package: Path, level: int) -> list[str]:
    """The package that a relative import of this many dots starts from."""
    if level == 0:
        return []
    parts = list(path.relative_to(package.parent).parts[:-1])
    return parts[: len(parts) - level + 1]


def find_broken_arrows(package: Path, rooms: dict[str, Room]) -> list[str]:
    """Every import between rooms that the table does not allow, with its place."""
    broken = []
    for path in sorted(package.rglob("*.py")):
        room = room_of(path, package)
        for found in find_imports(path, package):
            root, _, rest = found.module.partition(".")
            other = rest.partition(".")[0]
            if root != package.name:
                continue
            target = other if other in rooms or is_room(package, other) else "__init__"
            if room not in rooms or not rooms[room].allows(target):
                broken.append(f"{place(found, package)}: {room} imports {target}")
    return broken


def is_room(package: Path, name: str) -> bool:
    return (package / name).is_dir() or (package / f"{name}.py").is_file()


# What only some places may touch, and those places: a room, or one file of a room.
NETWORK = frozenset({"requests", "httpx", "aiohttp", "urllib.request", "http.client", "socket"})
ENVIRONMENT = frozenset({"os.environ", "os.getenv", "os.environb"})
CLOCK = frozenset(
    {
        "time.time",
        "time.time_ns",
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
    }
)
FACES = frozenset({"web", "cli", "__main__", "__init__"})
FETCH = "sources/fetch.py"


def find_outside_reads(package: Path) -> list[str]:
    """Every touch of the environment, the clock or the network where none belongs."""
    found = []
    for path in sorted(package.rglob("*.py")):
        room = room_of(path, package)
        relative = path.relative_to(package).as_posix()
        if room in FACES or relative == FETCH:
            continue
        forbidden = NETWORK | CLOCK | (frozenset() if room == "settings" else ENVIRONMENT)
        found += [f"{relative}:{line}: {name}" for line, name in find_touches(path, forbidden)]
    return found


def find_touches(path: Path, forbidden: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where a file imports or uses one of these names, under whatever alias."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    aliases[alias.asname] = alias.name
                if is_in(alias.name, forbidden):
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                aliases[alias.asname or alias.name] = full
                if is_in(full, forbidden):
                    yield node.lineno, full
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            head, _, rest = ast.unparse(node).partition(".")
            full = f"{aliases.get(head, head)}.{rest}"
            if full in forbidden:
                yield node.lineno, full


def is_in(name: str, forbidden: frozenset[str]) -> bool:
    return any(name == other or name.startswith(f"{other}.") for other in forbidden)


def find_stray_duckdb(package: Path) -> list[str]:
    """Every import of DuckDB below the faces, but in `evidence`, that is for more than a type."""
    return [
        place(found, package)
        for path in sorted(package.rglob("*.py"))
        if room_of(path, package) not in FACES | {"evidence"}
        for found in find_imports(path, package)
        if found.module.partition(".")[0] == "duckdb" and not found.for_types_only
    ]


def place(found: Import, package: Path) -> str:
    return f"{found.path.relative_to(package).as_posix()}:{found.line}"
