"""CONNECT: which parties belong together, who can introduce them, and how well that is foretold."""
