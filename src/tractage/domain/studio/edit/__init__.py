"""Edits: a decision list, its captions, its sound."""
