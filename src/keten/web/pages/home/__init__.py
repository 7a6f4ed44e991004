"""The first page: search, what this is, and a country in a few figures."""
