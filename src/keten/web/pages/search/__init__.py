"""Search: the page of hits, and the fragment that suggests while somebody types."""
