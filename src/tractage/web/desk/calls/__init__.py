"""Calls for posters: open them, read them blind, choose."""
