"""The stages of a build in order; rebuilds only what changed."""

from keten.pipeline.build import Report, build

__all__ = ["Report", "build"]
