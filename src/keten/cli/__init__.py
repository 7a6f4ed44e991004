"""The command line: everything the pages show, and all that builds, fetches and records."""

from keten.cli.commands import commands, main

__all__ = ["commands", "main"]
