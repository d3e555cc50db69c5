"""Estimators of what was seen: posts and views per platform, always with an interval, never "people"."""
