"""The financing check: a few questions, and what they say of each scheme."""
