"""The rule pack, zones and the freeze.

`pack.rules()`, `zones.zone(id)`, `calendar.rounds(election)`, `freeze.status(…)`, `freeze.next_window(…)`,
`agenda.agenda(election)`, `ics.ics(name, entries)`, `plan.plan(dissolution)`. It assists; it is no legal
advice.
"""
