"""An invented region in the publishers' genuine layouts: for want of real data, and for load tests.

It is no source that is read: what it writes goes through the readers of the genuine files.
"""

from keten.sources.invented.card import CARD, LABELS, MARKER
from keten.sources.invented.region import Sample, write_region

__all__ = ["CARD", "LABELS", "MARKER", "Sample", "write_region"]
