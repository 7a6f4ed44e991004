"""The log of conversations, for editors: who was spoken to, what is due, who was not spoken to for long."""
