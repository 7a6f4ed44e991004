"""The page of an organisation, and its lists of partners and projects."""
