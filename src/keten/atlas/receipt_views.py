"""What the answers on other sources look like: what they say an organisation did or received."""

from dataclasses import dataclass

from keten.model import Figure


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that a register gave to an organisation, and where the register can be asked."""

    register: str  # pic, ror, kvk, vat
    number: str
    address: str
    record_id: int


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One row of another source; `amount_eur` None where the list holds no amounts at all."""

    list: str  # fp7, fp7-network, innovation-fund, rijk, structural
    year: int | None
    what: str | None
    role: str
    project_id: str | None
    amount_eur: Figure | None
    source_key: str
    record_id: int


@dataclass(frozen=True, slots=True)
class OtherSources:
    """What other sources than Horizon say of an organisation; figures of lists without it are left out."""

    identifiers: tuple[Identifier, ...]
    total: Figure
    figures: tuple[Figure, ...]
    receipts: tuple[ReceiptRow, ...]  # the first ten; list_receipts gives all, page by page


@dataclass(frozen=True, slots=True)
class RegionReceipts:
    """What other sources say of the organisations in a region, and of how many rows the place is known."""

    figures: tuple[Figure, ...]
    placed: Figure  # rows everywhere that could be placed
    total: Figure  # rows everywhere
