"""The store of what sources say; the only room that opens DuckDB."""
