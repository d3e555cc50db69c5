"""Calls for posters, open to everyone."""
