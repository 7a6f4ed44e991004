"""Measures how well a messy sheet of somebody's own is matched, and how long it takes."""
