"""The rule pack, zones and the freeze."""
