"""The pages of technologies: what is about which, how sure that is, and what editors say of it."""
