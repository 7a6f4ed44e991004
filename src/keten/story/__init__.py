"""TELL: everything that leaves the house as a picture or document, made on demand."""
