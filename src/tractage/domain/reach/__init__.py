"""Estimators of what was seen."""
