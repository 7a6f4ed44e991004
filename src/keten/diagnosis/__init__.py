"""DIAGNOSE: what a region is distinctively good at, what could cross-fertilise, what is missing."""
