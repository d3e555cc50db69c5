"""The desk of safety: what happens now, what was decided, how it is undone."""
