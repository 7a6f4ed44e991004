"""The pages on who is who: two records compared, and the weights of findings."""
