"""Requests of campaign teams, sorted and served."""
