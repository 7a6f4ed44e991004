"""Workspace: keeps what people say, apart from what sources say; nothing in it is overwritten.

The only room that opens the SQL database. Evidence can be deleted and built anew; this cannot.
"""

from keten.workspace.batches import Batch, OpenBatch
from keten.workspace.copies import Copied, Restored, backup, restore
from keten.workspace.engine import is_server_address, place_of
from keten.workspace.lines import Line, Reader
from keten.workspace.loading import Loaded
from keten.workspace.people import (
    ERASED,
    ROLES,
    Account,
    AccountEvent,
    Invitation,
    OpenLink,
    Person,
    SignedIn,
    allows,
)
from keten.workspace.plain import Exported
from keten.workspace.rules import WITHDRAWN, holding
from keten.workspace.store import Store, open_store
from keten.workspace.terms import DIMENSIONS, Term, Terms, read_terms
from keten.workspace.trail import Asked, Entry, TrailPage
from keten.workspace.verified import VERIFIED, last_verified, verify

__all__ = [
    "DIMENSIONS",
    "ERASED",
    "ROLES",
    "VERIFIED",
    "WITHDRAWN",
    "Account",
    "AccountEvent",
    "Asked",
    "Batch",
    "Copied",
    "Entry",
    "Exported",
    "Invitation",
    "Line",
    "Loaded",
    "OpenBatch",
    "OpenLink",
    "Person",
    "Reader",
    "Restored",
    "SignedIn",
    "Store",
    "Term",
    "Terms",
    "TrailPage",
    "allows",
    "backup",
    "holding",
    "is_server_address",
    "last_verified",
    "open_store",
    "place_of",
    "read_terms",
    "restore",
    "verify",
]
