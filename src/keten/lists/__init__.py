"""Lists: people's own sheets, read as they are, matched against the evidence, stored, and given back."""
