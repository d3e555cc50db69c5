"""Whole copies of an instance: made while it runs, checked before they are trusted, put back in one step."""
