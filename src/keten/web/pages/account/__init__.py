"""Signing in and out, one's own account, and the people of this workspace."""
