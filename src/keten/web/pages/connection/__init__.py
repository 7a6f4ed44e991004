"""The step Connect of a value chain: partners for one party, why, and who could introduce them."""
