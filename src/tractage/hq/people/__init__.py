"""Members, by pseudonym alone."""
