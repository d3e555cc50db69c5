"""Exchange on the desk: what partners give, seen before it is taken."""
