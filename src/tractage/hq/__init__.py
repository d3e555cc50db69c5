"""The headquarters: one Django app per noun."""
