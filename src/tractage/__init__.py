"""Tractage: the headquarters of a volunteer digital campaign."""

__version__ = "0.1.0"
