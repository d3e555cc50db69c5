"""Who may change the campaign: predicates are in people/rules.py, permissions beside what they open."""
