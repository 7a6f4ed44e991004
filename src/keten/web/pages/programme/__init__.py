"""The pages of the sixth step, Act: what is planned, by whom and when, and how it stands."""
