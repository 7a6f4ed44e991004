"""The one tree of errors: each says what happened, with the offending value, and what to do next.

KetenError
├── SettingsError        a setting is missing or cannot be used            exit 2
├── UsageError           a command or address asks for what cannot be      exit 2
├── NotFoundError        what was asked for is not in this evidence        exit 3
├── SourceError          a publisher's file cannot be read as a whole      exit 4
│   └── FetchError       a download failed for good                        exit 4
├── EvidenceError        evidence is missing, or cannot be read            exit 5
│   ├── LayoutError      evidence was made by another version              exit 5
│   ├── BuildError       a build had to stop; the old evidence stands      exit 5
│   └── BusyError        another build holds the lock                      exit 6
└── WorkspaceError       a judgement cannot be stored or read              exit 7
    └── ConflictError    somebody changed meanwhile what was to be changed exit 7

Errors stop work. What can be gone round (one bad row) is no error but an issue: `model.Issue`.
"""


class KetenError(Exception):
    """Root of the tree: `code` for machines, `what` happened, what to do `next_step`."""

    code = "keten"
    exit_code = 1
    http_status = 500

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step


class SettingsError(KetenError):
    """A setting is missing or cannot be used."""

    code = "settings"
    exit_code = 2


class UsageError(KetenError):
    """A command or an address asks for what cannot be."""

    code = "usage"
    exit_code = 2
    http_status = 400


class NotFoundError(KetenError):
    """What was asked for is not in this evidence."""

    code = "not-found"
    exit_code = 3
    http_status = 404


class SourceError(KetenError):
    """A publisher's file cannot be read as a whole."""

    code = "source"
    exit_code = 4


class FetchError(SourceError):
    """A download failed for good."""

    code = "fetch"


class EvidenceError(KetenError):
    """Evidence is missing, or cannot be read."""

    code = "evidence"
    exit_code = 5
    http_status = 503


class LayoutError(EvidenceError):
    """The evidence was made by another version, whose tables are not those of this one."""

    code = "layout"


class BuildError(EvidenceError):
    """A build had to stop; the evidence that was there still stands."""

    code = "build"


class BusyError(EvidenceError):
    """Another build is at work in the same place."""

    code = "busy"
    exit_code = 6


class WorkspaceError(KetenError):
    """A judgement cannot be stored or read."""

    code = "workspace"
    exit_code = 7


class ConflictError(WorkspaceError):
    """Somebody changed meanwhile what was to be changed; `later` is the number of their line."""

    code = "conflict"
    http_status = 409

    def __init__(self, what: str, next_step: str = "", *, later: int = 0) -> None:
        super().__init__(what, next_step)
        self.later = later
