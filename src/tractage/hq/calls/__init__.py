"""Calls for posters, open to everyone, read blind by a jury."""
