"""Taxonomies: the schemes and their versions, one entry with what its mapping catches, and changing it."""
