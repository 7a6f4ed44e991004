"""Definitions that come with the product, as plain files: to begin with, and to change."""

from pathlib import Path

FOLDER = Path(__file__).parent
