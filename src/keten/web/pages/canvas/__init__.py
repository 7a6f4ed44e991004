"""The page of the canvas: elements of the ecosystem, from data and from the team."""
