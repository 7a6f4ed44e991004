"""Diagnose: what the regions of a chain are good at, and what could meet."""
