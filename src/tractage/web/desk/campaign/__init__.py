"""The campaign's settings on the desk, for founders."""
