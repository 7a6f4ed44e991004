"""The browser's face: pages in Dutch and English, each also as JSON; no query and no formula in it."""

from keten.web.app import create_app
from keten.web.server import serve

__all__ = ["create_app", "serve"]
