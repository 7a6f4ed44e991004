"""Names an organisation as one source knows it: the source, a colon, and the source's own key.

Lists without numbers know an organisation by its name alone. Their keys are made here, and nowhere
else, so that the row about the organisation and the row of its money lead to the same place.
"""

import hashlib
from typing import Final

_NAME_DIGITS: Final = 12


def key_pic(programme: str, pic: str) -> str:
    """Give the key of an organisation that a programme knows by its PIC."""
    return f"{programme}:{pic}"


def key_ror(ror_id: str) -> str:
    """Give the key of a record of the research-organisation registry."""
    return f"ror:{ror_id}"


def key_kvk(kvk_number: str) -> str:
    """Give the key of a legal entity in the chamber-of-commerce list."""
    return f"kvk:{kvk_number}"


def key_recipient(recipient: str) -> str:
    """Give the key of who received a subsidy of a ministry, by the name in the list."""
    return f"rijk:{hash_name(recipient)}"


def key_beneficiary(beneficiary: str) -> str:
    """Give the key of who received money of a structural fund, by the name in the list."""
    return f"structural:{hash_name(beneficiary)}"


def hash_name(name: str) -> str:
    """Give the twelve signs that stand for a name: of its SHA-256, capitals disregarded."""
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:_NAME_DIGITS]
