"""Polls on the desk: coordinators bring a table, look at what was read, show it."""
