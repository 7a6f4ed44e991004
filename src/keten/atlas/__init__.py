"""SEE: organisations, projects, regions, fields and sources, and how they are connected."""
