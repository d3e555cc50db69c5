"""Shelves: how works are shown together, as a series that goes on or as an album of cards to print."""
