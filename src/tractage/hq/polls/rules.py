"""Who may bring polls."""

from tractage.hq.people.rules import grant, is_coordinator

grant("polls.bring", is_coordinator)
