"""What was read: sources, their files, and the issues met on the way."""
