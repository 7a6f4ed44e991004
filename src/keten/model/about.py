"""What a person said a project is about, as a build takes it in."""

from dataclasses import dataclass

ABOUT_LABELS = ("develops", "applies", "none")


@dataclass(frozen=True, slots=True, order=True)
class About:
    """That a project `develops`, `applies` or has nothing (`none`) to do with an entry of a taxonomy.

    `number` is that of the line; where two speak of the same, the later one holds.
    """

    number: int
    project_id: str
    scheme: str
    entry: str
    label: str
    author: str
    reason: str
    made_on: str
