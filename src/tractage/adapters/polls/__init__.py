"""Reads published poll tables into polls, writes them back in the long format, and draws the trend."""
