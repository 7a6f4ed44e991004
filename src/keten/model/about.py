"""What people said that projects and organisations are about, as a build takes it in."""

from dataclasses import dataclass

ABOUT_LABELS = ("develops", "applies", "none")
# Of a value chain or a mission, which nobody develops: it is about it, or it is not.
SUBJECT_LABELS = ("about", "none")


@dataclass(frozen=True, slots=True, order=True)
class About:
    """That a project `develops`, `applies` or has nothing (`none`) to do with an entry of a taxonomy.

    Of a value chain (`scheme` chain) or a mission (`scheme` mission): that it is `about` it, or not.

    `number` is that of the line; where two speak of the same, the later one holds. Of an organisation,
    `project_id` is the key of a source record, or an identifier it had.
    """

    number: int
    project_id: str
    scheme: str
    entry: str
    label: str
    author: str
    reason: str
    made_on: str


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """That somebody's list puts an organisation, by key of a source record, under an entry."""

    number: int
    subject: str
    scheme: str
    entry: str
