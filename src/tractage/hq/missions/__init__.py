"""Missions: what is needed tonight, for whom, from which facts, and who is on it."""
