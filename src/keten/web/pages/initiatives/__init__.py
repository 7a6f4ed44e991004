"""The initiatives of a region: all of them, the matrix, one, and the forms for who may write."""
