"""The pages of a value chain: the list of chains, and the first step of its thread, See."""
