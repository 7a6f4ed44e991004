"""People's own lists: sent as a sheet, looked through, kept, undone, and taken along again."""
