"""Moderation rules: words, floods, raids, known pictures."""
