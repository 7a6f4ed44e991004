"""The step Fund of a value chain, and the page of one call."""
