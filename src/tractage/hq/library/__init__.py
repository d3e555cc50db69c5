"""Works, their editions, and their release."""
