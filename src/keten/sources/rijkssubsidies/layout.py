"""The columns of the list of subsidies, which of them are read, and as what."""

from typing import Final

MINISTRY: Final = "Overheid"
SCHEME: Final = "Regeling"
RECIPIENT: Final = "Ontvanger"
POLICY: Final = "Beleid"  # number of the policy article in the ministry's budget
AMOUNT: Final = "Realisatie"
YEAR: Final = "Jaar"

USED: Final = (MINISTRY, SCHEME, RECIPIENT, POLICY, AMOUNT, YEAR)
REQUIRED: Final = (MINISTRY, SCHEME, RECIPIENT, AMOUNT, YEAR)
