"""Missions on the desk: the board, a brief, tabs in hand, writing briefs."""
