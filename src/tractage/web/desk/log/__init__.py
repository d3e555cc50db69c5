"""The log on the desk: who did what, in sentences."""
