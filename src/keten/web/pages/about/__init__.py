"""What this site is, its terms explained, and how accessible it is."""
