"""The store of what sources say; the only room that opens DuckDB."""

from keten.evidence.store import Evidence, Manifest, Shelf, latest

__all__ = ["Evidence", "Manifest", "Shelf", "latest"]
