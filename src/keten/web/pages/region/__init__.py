"""The pages of regions: the tree to choose from, and a region or a set of them."""
