"""Sightings: who saw which work where, and what can honestly be said of it."""
