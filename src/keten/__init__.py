"""Keten: regional innovation ecosystems, read from open data."""
