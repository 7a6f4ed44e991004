"""The last step of a chain, Tell: its plan on two pages, to read, to edit, to take along."""
