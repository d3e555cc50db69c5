"""Coordinated behaviour in posts."""
