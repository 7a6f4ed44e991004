"""FUND: what can be applied for: open calls, and the check that asks only what still matters."""
