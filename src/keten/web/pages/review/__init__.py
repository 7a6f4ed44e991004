"""The page of the review queue."""
