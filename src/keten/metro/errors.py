"""The errors of this library, apart from any other tree: it could be published alone.

MetroError
├── InputError        what was given cannot be read as a network or as sets
│   ├── FormatError   the file is not of a format that is known
│   └── GraphError    the network contradicts itself
├── OptionError       an option has a value that means nothing
└── MissingPieceError an optional package that this output needs is not installed
"""


class MetroError(Exception):
    """Root of the tree: `code` for machines, `what` happened, what to do `next_step`."""

    code = "metro"

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step


class InputError(MetroError):
    """What was given cannot be read as a network or as sets."""

    code = "metro-input"


class FormatError(InputError):
    """The file is not of a format that is known."""

    code = "metro-format"


class GraphError(InputError):
    """The network contradicts itself: an edge to nowhere, a line without an edge."""

    code = "metro-graph"


class OptionError(MetroError):
    """An option has a value that means nothing."""

    code = "metro-option"


class MissingPieceError(MetroError):
    """An optional package that this output needs is not installed."""

    code = "metro-missing"
