"""Workspace: keeps what people say, apart from what sources say; nothing in it is overwritten.

The only room that opens the SQL database. Evidence can be deleted and built anew; this cannot.
"""

from keten.workspace.batches import Batch, OpenBatch
from keten.workspace.engine import is_server_address
from keten.workspace.lines import Line, Reader
from keten.workspace.people import (
    ERASED,
    ROLES,
    Account,
    AccountEvent,
    Invitation,
    Person,
    SignedIn,
    allows,
)
from keten.workspace.rules import WITHDRAWN, holding
from keten.workspace.store import Store, open_store

__all__ = [
    "ERASED",
    "ROLES",
    "WITHDRAWN",
    "Account",
    "AccountEvent",
    "Batch",
    "Invitation",
    "Line",
    "OpenBatch",
    "Person",
    "Reader",
    "SignedIn",
    "Store",
    "allows",
    "holding",
    "is_server_address",
    "open_store",
]
