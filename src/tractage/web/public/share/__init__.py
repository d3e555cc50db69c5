"""The share sheet of a work."""
