"""Who may arrange the shelves."""

from tractage.hq.people.rules import grant, is_coordinator

grant("shelves.write_series", is_coordinator)
