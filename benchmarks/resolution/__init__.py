"""Measures how well the product tells which records are one organisation, against genuine truth."""
