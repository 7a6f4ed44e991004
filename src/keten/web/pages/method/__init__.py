"""Every measure in words."""
