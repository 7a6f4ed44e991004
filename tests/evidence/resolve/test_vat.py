"""Which legal entity a VAT number proves."""

import pytest

from keten.evidence.resolve.vat import find_entity


@pytest.mark.parametrize(
    ("number", "entity"),
    [
        ("NL001935549B01", "NL001935549"),
        ("NL001935549B02", "NL001935549"),  # another number of the same legal entity
        ("nl 0019.35.549.b01", "NL001935549"),
        ("BE0437598573", "BE437598573"),
        ("BE437598573", "BE437598573"),
        ("FR26441403193", "FR441403193"),
        ("GR800736212", "EL800736212"),
        ("SE202100007601", "SE2021000076"),
        ("CHE116311831MWST", "CH116311831"),
        ("TR8240747048", "TR8240747048"),
        ("NL001935549", None),  # not the form of its country
        ("CH501558", None),
        ("GB000000000", None),
        ("MISSING", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_number_proves(number: str | None, entity: str | None) -> None:
    assert find_entity(number) == entity
