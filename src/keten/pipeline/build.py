"""Build: which stage runs when, on what, and what can be kept from the evidence before.

A stage is a function of declared inputs. Its fingerprint is a hash of what it reads (the content of
the sources, the rulings, the fingerprints of the stages before it) and of the code that does the
work; dates and names of files play no part. Stages whose fingerprint is that of the evidence in
force are copied.
"""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from keten.atlas.measures import write_measures
from keten.atlas.technology_measures import TABLES as TECHNOLOGY_TABLES
from keten.atlas.technology_measures import write_technology_measures
from keten.diagnosis.background import write_background
from keten.diagnosis.indicators import write_indicators
from keten.diagnosis.measures import write_measures as write_presence
from keten.errors import EvidenceError, SourceError
from keten.evidence import (
    classify,
    classify_calls,
    index,
    link,
    load,
    locate,
    missions,
    receipts,
    resolve,
    store,
    subsidies,
    technologies,
)
from keten.evidence.errand import Errand
from keten.matchmaking.measures import send_measures as send_backtest
from keten.model import About, Chain, Issue, Member, Package, Ruling, Severity, Taxonomy, Text
from keten.sources import SOURCES, invented

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str, int, int], None]
Mark = Callable[[str], None]
Issues = list[tuple[str, Issue, int | None]]
_Given = tuple[
    Sequence[load.Delivery], Sequence[Issue], bool, Sequence[Ruling], Sequence[Chain],
    Taxonomy | None, Sequence[About], Sequence[Member], Taxonomy | None,
]  # fmt: skip


@dataclass(slots=True)
class Work:
    """What the stages of one build work on."""

    con: "duckdb.DuckDBPyConnection"
    folder: Path
    deliveries: Sequence[load.Delivery]
    left_aside: Sequence[Issue]
    is_invented: bool
    rulings: Sequence[Ruling]
    chains: Sequence[Chain]
    taxonomy: Taxonomy | None
    abouts: Sequence[About]
    members: Sequence[Member]
    missions: Taxonomy | None
    progress: Callable[[int, int], None]
    before: Path | None = None  # the evidence in force: what still holds may be taken from it


@dataclass(frozen=True, slots=True)
class Later:
    """What a stage has at work in a process of its own, and what is to be done once that is ready."""

    errand: Errand[object]
    finish: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a build: what it reads, what it writes, and the code that counts as its own."""

    name: str
    reads: tuple[str, ...]  # earlier stages, `deliveries`, or what people said
    writes: tuple[str, ...]  # tables, dropped before it runs again
    code: tuple[str, ...]  # below src/keten
    run: Callable[[Work], Issues | Later]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    number: int
    ran: tuple[str, ...]
    kept: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    issues: int = 0

    @property
    def changed(self) -> bool:
        """Whether a new evidence was published."""
        return bool(self.ran)


def _load(work: Work) -> Issues:
    loader = load.Loader(work.con)
    readers = {source.CARD.source: source for source in SOURCES}
    for source in sorted(readers):
        loader.add_card(readers[source].CARD)
    if work.is_invented:
        loader.add_card(invented.CARD)
    for issue in work.left_aside:
        loader.note(issue)
    sizes = [_size(delivery.package) for delivery in work.deliveries]
    whole = sum(sizes)
    for number, delivery in enumerate(work.deliveries):
        before = sum(sizes[:number])
        reader = readers[delivery.package.source]

        def tell(_: str, share: float, start: int = before, size: int = sizes[number]) -> None:
            work.progress(start + int(share * size), whole)

        tell("", 0.0)
        reading = reader.read(delivery.package, tell)
        loader.add(reading, delivery, reader.CARD)
        if work.is_invented:
            loader.add_caveats(invented.CARD, delivery.package.release)
        tell("", 1.0)
    return loader.finish()


def _gather(work: Work) -> Issues:
    resolve.gather(work.con)
    return []


def _compare(work: Work) -> Issues:
    code = _code(_COMPARING)
    before = resolve.read_before(work.con, work.before, code) if work.before else {}
    resolve.write_comparisons(work.con, before, code, work.progress)
    return []


def _resolve(work: Work) -> Issues:
    return [("resolve", issue, None) for issue in resolve.decide(work.con, work.rulings)]


def _locate(work: Work) -> Issues:
    def tell(_: str, share: float) -> None:
        work.progress(int(share * 100), 100)

    return [("locate", issue, file_no) for issue, file_no in locate.locate(work.con, tell)]


def _link(work: Work) -> Issues:
    link.link(work.con)
    return []


def _receive(work: Work) -> Issues:
    return [("receive", issue, None) for issue in receipts.write_receipts(work.con)]


def _subsidies(work: Work) -> Issues:
    subsidies.match_subsidies(work.con)
    return []


def _classify(work: Work) -> Issues:
    classify.classify(work.con, work.chains, work.abouts)
    classify_calls.classify_calls(work.con, work.chains)
    return []


def _missions(work: Work) -> Issues:
    missions.classify_missions(work.con, work.missions, work.abouts)
    return []


def _technologies(work: Work) -> Issues:
    technologies.classify_technologies(work.con, work.taxonomy, work.abouts, work.progress)
    return []


def _texts(work: Work) -> Issues:
    technologies.classify_dutch(work.con, work.taxonomy)
    return []


def _portray(work: Work) -> Issues:
    technologies.write_organisations(work.con, work.taxonomy, work.abouts, work.members)
    return []


def _infer(work: Work) -> Issues:
    technologies.write_inferred(work.con)
    return []


def _survey(work: Work) -> Issues:
    write_technology_measures(work.con, work.before)
    return []


def _measure(work: Work) -> Issues:
    write_measures(work.con)
    return []


def _backtest(work: Work) -> Issues | Later:
    sent = send_backtest(work.con)
    return Later(*sent) if sent else []


def _indicate(work: Work) -> Issues:
    write_indicators(work.con)
    return []


def _diagnose(work: Work) -> Issues:
    write_presence(work.con, work.chains)
    write_background(work.con)
    return []


def _index(work: Work) -> Issues | Later:
    sent = index.send_index(work.con, work.folder / "index.sqlite")
    return Later(sent, sent.finish) if sent else []


# Comparing is slow and says nothing of rulings: what only decides is not among its code.
_COMPARING = (
    "evidence/errand.py",
    *(
        f"evidence/resolve/{name}"
        for name in ("alongside.py", "block.py", "compare.py", "comparison.py", "match.py",
                     "parties.py", "scoring.py", "spelling.py", "unit.py", "weights.json",
                     "weights.py", "words.py")
    ),
)  # fmt: skip

STAGES = (
    Stage(
        "load", ("deliveries",),
        ("source", "caveat", "file", "record", "place", *load.TYPED),
        ("model", "sources", "evidence/load.py"), _load,
    ),
    Stage(
        "gather", ("load",), ("source_organisation",),
        ("evidence/resolve/gather.py", "evidence/resolve/keys.py"), _gather,
    ),
    Stage("compare", ("gather",), resolve.COMPARISON_TABLES, _COMPARING, _compare),
    Stage(
        "resolve", ("load", "compare", "rulings"),
        ("same_as", "organisation_alias", "organisation", "organisation_match", "match_weight",
         "organisation_relation", "review_pair"),
        ("model", "evidence/resolve", "methods/logistic.py"), _resolve,
    ),
    Stage("locate", ("load",), ("location",), ("model", "evidence/locate"), _locate),
    Stage(
        "link", ("resolve", "locate"), ("involvement", "collaboration"),
        ("evidence/link.py",), _link,
    ),
    Stage(
        "index", ("load", "link"), (),
        ("evidence/errand.py", "evidence/index.py", "evidence/pausing.py"), _index,
    ),
    Stage(
        "receive", ("load", "resolve", "locate"), ("receipt", "receipt_none"),
        ("model", "evidence/receipts.py", "evidence/resolve/keys.py"), _receive,
    ),
    Stage(
        "subsidies", ("load", "link", "receive"), ("subsidy_name", "subsidy_match"),
        ("evidence/names.py", "evidence/subsidies.py"), _subsidies,
    ),
    Stage(
        "classify", ("load", "chains", "chain_abouts"),
        ("chain", "chain_match", "chain_project", "chain_word", "chain_ruling", "chain_part",
         "chain_term", "chain_call"),
        ("model", "evidence/chains", "evidence/classify.py", "evidence/classify_calls.py",
         "evidence/technologies/signals.py", "evidence/technologies/spotting.py"), _classify,
    ),
    Stage(
        "backtest", ("link", "classify"), ("backtest", "backtest_query"),
        ("evidence/errand.py", "matchmaking/backtest.py", "matchmaking/measures.py",
         "methods/link_prediction.py",
         "methods/ranking.py"), _backtest,
    ),
    Stage(
        "technologies", ("load", "taxonomy", "abouts"), technologies.TABLES,
        ("model", "evidence/technologies", "methods/logistic.py", "methods/terms.py"), _technologies,
    ),
    Stage(
        "missions", ("load", "missions", "mission_abouts"), missions.TABLES,
        ("model", "evidence/chains", "evidence/missions.json", "evidence/missions.py",
         "evidence/technologies/plain_model.py", "evidence/technologies/reading.py",
         "evidence/technologies/signals.py", "evidence/technologies/spotting.py"), _missions,
    ),
    Stage(
        "texts", ("load", "taxonomy"), technologies.OF_TEXTS,
        ("model", "evidence/technologies"), _texts,
    ),
    Stage(
        "portray", ("link", "technologies", "abouts", "members"), technologies.OF_ORGANISATIONS,
        ("evidence/technologies/organisations.py",), _portray,
    ),
    # Nothing may read what this stage writes: it would prove itself (tests/house/test_inferred.py).
    Stage(
        "infer", ("link", "technologies"), technologies.OF_PARTICIPANTS,
        ("evidence/technologies/inferring.json", "evidence/technologies/inferring.py"), _infer,
    ),
    Stage(
        "survey", ("load", "link", "classify", "technologies", "missions"), TECHNOLOGY_TABLES,
        ("atlas/questions.py", "atlas/technology_measures.py", "evidence/earlier.py",
         "evidence/technology_quality.py",
         "evidence/technology_quality.json", "methods/specialisation.py"), _survey,
    ),
    Stage(
        "measure", ("load", "link"),
        ("measure", "field", "field_branch", "organisation_card", "measured",
         "region_box"),
        ("model", "evidence/figures", "atlas"), _measure,
    ),
    Stage(
        "indicate", ("load", "link"), ("region_indicator",),
        ("model", "evidence/figures", "diagnosis/indicators.py"), _indicate,
    ),
    Stage(
        "diagnose", ("link", "classify", "measure", "chains"),
        ("region_presence", "presence_shape", "chain_field", "crossover_background"),
        ("model", "diagnosis/background.py", "diagnosis/crossover.py", "diagnosis/measures.py",
         "diagnosis/specialisation.py", "diagnosis/subjects.py", "methods/crossover.py",
         "methods/specialisation.py"), _diagnose,
    ),
)  # fmt: skip


# What editors said, apart for each stage that obeys it: a word on a chain moves no technology.
_SPOKEN: Mapping[str, Callable[[str], bool]] = {
    "chain_abouts": lambda scheme: scheme == "chain",
    "mission_abouts": lambda scheme: scheme == "mission",
    "abouts": lambda scheme: scheme not in ("chain", "mission"),
}


def build(
    data: Path,
    home: Path,
    *,
    rulings: Sequence[Ruling],
    rulings_fingerprint: str,
    chains: Sequence[Chain] = (),
    taxonomy: Taxonomy | None = None,
    abouts: Sequence[About] = (),
    members: Sequence[Member] = (),
    missions: Taxonomy | None = None,
    now: datetime,
    progress: Progress = lambda _stage, _done, _total: None,
    mark: Mark = lambda _: None,
    threads: int = 2,
    memory_limit: str = "1GB",
) -> Report:
    """Bring the evidence below `home` up to date with the files below `data` and what people said.

    `taxonomy` is that of the technologies, `missions` that of the missions; `abouts` what editors said of
    projects and organisations, `members` who stands on a list under an entry.

    A build that stops, for whatever reason, leaves the evidence in force as it was. Raises:
    SourceError for files that cannot be read as a whole; BusyError when another build is at work;
    BuildError when it had to stop.
    """
    root = home / "evidence"
    with store.build_lock(root):
        mark("find")
        progress("find", 0, 1)
        deliveries, left_aside = _find(data)
        is_invented = (data / invented.MARKER).exists()
        said = {
            "rulings": rulings_fingerprint,
            "chains": _hash(repr(chain) for chain in chains),
            "taxonomy": taxonomy.fingerprint + repr(_shown(taxonomy)) if taxonomy else "",
            "missions": missions.fingerprint + repr(_shown(missions)) if missions else "",
            **{
                name: _hash(repr(about) for about in abouts if own(about.scheme))
                for name, own in _SPOKEN.items()
            },
            "members": _hash(repr(member) for member in members),
        }
        fingerprints = _fingerprints(deliveries, left_aside, is_invented, said)
        progress("find", 1, 1)
        before = _in_force(root)
        kept = [name for name, value in fingerprints.items() if before.get(name) == value]
        stale = [stage for stage in STAGES if stage.name not in kept]
        if not stale:
            store.clear_leftovers(root)
            return Report(store.read_pointer(root), (), tuple(kept))
        with store.failing_well(root):
            return _build(
                root, stale, fingerprints,
                (deliveries, left_aside, is_invented, rulings, chains, taxonomy, abouts,
                 members, missions),
                store.Manifest(
                    store.next_number(root), now, _hash(fingerprints.values()),
                    rulings_fingerprint, is_invented, fingerprints,
                ),
                progress, mark, {"threads": threads, "memory_limit": memory_limit},
            )  # fmt: skip


def _build(
    root: Path,
    stale: Sequence[Stage],
    fingerprints: dict[str, str],
    given: _Given,
    manifest: store.Manifest,
    progress: Progress,
    mark: Mark,
    engine: dict[str, str | int],
) -> Report:
    folder = store.start_building(root)
    kept = [stage.name for stage in STAGES if stage not in stale]
    seconds = dict.fromkeys(fingerprints, 0.0)
    if kept:
        mark("copy")
        store.copy_in_force(root, with_index="index" in kept)
    before = store.find_in_force(root)
    with store.open_building(root, engine) as con, _waiting() as waiting:
        for stage in stale:
            mark(stage.name)
            started = time.perf_counter()
            progress(stage.name, 0, 1)
            for table in stage.writes:
                con.execute(f"drop table if exists {table}")

            def tell(done: int, total: int, name: str = stage.name) -> None:
                progress(name, done, max(total, 1))

            done = stage.run(Work(con, folder, *given, tell, before))
            if isinstance(done, Later):
                waiting[stage.name] = done
            else:
                load.write_issues(con, stage.name, done)
                progress(stage.name, 1, 1)
            seconds[stage.name] = round(time.perf_counter() - started, 3)
        mark("wait")
        for name, later in waiting.items():
            started = time.perf_counter()
            later.finish()
            load.write_issues(con, name, [])
            progress(name, 1, 1)
            seconds[name] = round(seconds[name] + time.perf_counter() - started, 3)
        counted = load.gather_issues(con, [stage.name for stage in STAGES])
        load.write_stages(con, fingerprints)
        mark("checkpoint")
    manifest.seconds.update(seconds)
    progress("publish", 0, 1)
    store.publish(root, manifest, mark)
    progress("publish", 1, 1)
    ran = tuple(stage.name for stage in stale)
    return Report(manifest.number, ran, tuple(kept), seconds, counted)


@contextlib.contextmanager
def _waiting() -> Iterator[dict[str, Later]]:
    """Hold what is at work elsewhere; none of it outlives the build, however that ends."""
    waiting: dict[str, Later] = {}
    try:
        yield waiting
    except BaseException:
        for later in waiting.values():
            later.errand.stop()
        raise


def _find(data: Path) -> tuple[list[load.Delivery], list[Issue]]:
    """Find what lies below the data folder; what lies there twice is read once, and told."""
    if not data.is_dir():
        raise SourceError(
            f"There is no data folder {data}.",
            "Name one with --data or KETEN_DATA, or download: keten get cordis",
        )
    packages: list[Package] = [package for source in SOURCES for package in source.find(data)]
    if not any(package.source == "cordis" for package in packages):
        raise SourceError(
            f"No CORDIS release was found below {data}.",
            "Put cordis-HORIZONprojects-csv.zip there, or download it: keten get cordis",
        )
    with ThreadPoolExecutor(2) as pool:  # hashing lets go of the interpreter
        found = [
            load.Delivery(package, content, package.path.relative_to(data).as_posix())
            for package, content in zip(packages, pool.map(_content, packages), strict=True)
        ]
    found.sort(key=lambda d: (d.package.source, d.package.release, d.shown_path))
    used: list[load.Delivery] = []
    issues: list[Issue] = []
    for delivery in found:
        rival = next(
            (
                other
                for other in used
                if (other.package.source, other.package.release)
                == (delivery.package.source, delivery.package.release)
            ),
            None,
        )
        if rival is None:
            used.append(delivery)
        elif rival.sha256 == delivery.sha256:
            issues.append(
                Issue(
                    "duplicate-file",
                    Severity.NOTE,
                    Text(
                        f"{delivery.shown_path} was left aside: it is {rival.shown_path} once more.",
                        f"{delivery.shown_path} is terzijde gelegd: het is nog eens "
                        f"{rival.shown_path}.",
                    ),
                    value=delivery.shown_path,
                )
            )
        else:
            raise SourceError(
                f"{rival.shown_path} and {delivery.shown_path} are both deliveries of "
                f"{delivery.package.release}.",
                "Keep one of them in the data folder; read together, money would count twice.",
            )
    return used, issues


def _size(package: Package) -> int:
    if package.path.is_dir():
        return sum((package.path / member).stat().st_size for member in package.members)
    return package.path.stat().st_size


def _content(package: Package) -> str:
    """Hash what a package holds: by content, so that a new date alone changes nothing."""
    if not package.path.is_dir():
        with package.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    parts = []
    for member in package.members:
        with (package.path / member).open("rb") as file:
            parts += [member, hashlib.file_digest(file, "sha256").hexdigest()]
    return _hash(parts)


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _shown(taxonomy: Taxonomy) -> list[tuple[str, ...]]:
    """Give what the stage keeps of a taxonomy beside what maps to its entries."""
    return [
        (taxonomy.name, entry.entry, entry.label.en, entry.label.nl, entry.valid_from)
        for entry in taxonomy.entries
    ]


def _fingerprints(
    deliveries: Sequence[load.Delivery],
    left_aside: Sequence[Issue],
    is_invented: bool,
    said: Mapping[str, str],
) -> dict[str, str]:
    # The path is part of it because pages show it; the order of files is part of every record's
    # number.
    known = {
        "deliveries": _hash(
            [
                f"{d.package.source} {d.package.release} {d.shown_path} {d.sha256}"
                for d in deliveries
            ]
            + [issue.message.en for issue in left_aside]
            + [str(is_invented)]
        ),
        **said,
    }
    for stage in STAGES:
        known[stage.name] = _hash(
            [
                stage.name,
                store.ENGINE,
                _code(stage.code),
                *(known[name] for name in stage.reads),
            ]
        )
    return {stage.name: known[stage.name] for stage in STAGES}


def _code(places: Sequence[str]) -> str:
    """Hash the code of a stage and the numbers beside it, so that mending one rebuilds what it touched."""
    top = Path(__file__).parent.parent
    files: list[Path] = []
    for place in places:
        path = top / place
        if path.is_dir():
            files += [*path.rglob("*.py"), *path.rglob("*.json")]
        else:
            files += [path] if path.suffix else [path.with_suffix(".py")]
    return _hash(part for path in sorted(files) for part in (path.name, path.read_text("utf-8")))


def _in_force(root: Path) -> dict[str, str]:
    """Give the fingerprints of the evidence in force; none when there is none that can be read."""
    try:
        return store.check_in_force(root).stages
    except EvidenceError:
        return {}
