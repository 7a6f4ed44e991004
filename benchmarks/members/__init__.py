"""Measures whether who resembles the members of a list belongs to it."""
