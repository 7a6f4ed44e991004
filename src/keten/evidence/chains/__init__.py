"""How likely a project that the definition of a chain met is about that chain."""

from keten.evidence.chains.weighing import weigh_projects

__all__ = ["weigh_projects"]
