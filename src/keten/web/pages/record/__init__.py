"""The page of one source row as it was found."""
