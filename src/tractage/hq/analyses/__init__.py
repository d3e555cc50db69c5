"""A file of posts, what radar found in it, and what of that the public may read."""
