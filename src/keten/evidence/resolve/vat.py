"""Which legal entity a VAT number is of: numbers as registered, and what in them stays with the entity.

A Dutch number holds the number of the legal entity (RSIN); a French one ends in that of the firm
(SIREN), behind two signs that only check it. What has not the form of its country proves nothing.
"""

import re
from typing import Final

# By country as the number begins: the form, in which the group is what names the entity.
_FORMS: Final = {
    country: re.compile(form)
    for country, form in {
        "AT": r"(U[0-9]{8})",
        "BE": r"0?([1-9][0-9]{8}|1[0-9]{9})",
        "BG": r"([0-9]{9,10})",
        "CH": r"E?([0-9]{9})(?:MWST|TVA|IVA)?",
        "CY": r"([0-9]{8}[A-Z])",
        "CZ": r"([0-9]{8,10})",
        "DE": r"([0-9]{9})",
        "DK": r"([0-9]{8})",
        "EE": r"([0-9]{9})",
        "EL": r"0?([1-9][0-9]{7,8})",
        "ES": r"([0-9A-Z][0-9]{7}[0-9A-Z])",
        "FI": r"([0-9]{8})",
        "FR": r"[0-9A-Z]{2}([0-9]{9})",
        "GB": r"([0-9]{9})(?:[0-9]{3})?",
        "HR": r"([0-9]{11})",
        "HU": r"([0-9]{8})",
        "IE": r"([0-9][0-9A-Z+*][0-9]{5}[A-Z]{1,2})",
        "IS": r"([0-9]{5,6})",
        "IT": r"([0-9]{11})",
        "LT": r"([0-9]{9}|[0-9]{12})",
        "LU": r"([0-9]{8})",
        "LV": r"([0-9]{11})",
        "MT": r"([0-9]{8})",
        "NL": r"([0-9]{9})B[0-9]{2}",
        "NO": r"([0-9]{9})(?:MVA)?",
        "PL": r"([0-9]{10})",
        "PT": r"([0-9]{9})",
        "RO": r"([0-9]{2,10})",
        "SE": r"([0-9]{10})(?:[0-9]{2})?",
        "SI": r"([0-9]{8})",
        "SK": r"([0-9]{10})",
    }.items()
}
_OTHER: Final = re.compile(r"([0-9A-Z]{7,20})")  # countries whose form is not written here
_SAME_COUNTRY: Final = {"GR": "EL", "UK": "GB"}
_BETWEEN: Final = re.compile(r"[^0-9A-Z+*]")


def find_entity(vat_number: str | None) -> str | None:
    """Give the legal entity that a VAT number proves, as country and number; None: it proves none."""
    text = _BETWEEN.sub("", (vat_number or "").upper())
    country = _SAME_COUNTRY.get(text[:2], text[:2])
    found = _FORMS.get(country, _OTHER).fullmatch(text[2:]) if country.isalpha() else None
    if found is None or not any(sign.isdigit() for sign in found[1]):
        return None
    if len(set(found[1])) < 3:  # 000000000 and the like were typed to pass a form
        return None
    return country + found[1]
