"""Who may bring in what other communities give."""

from tractage.hq.people.rules import grant, is_coordinator

grant("exchange.receive", is_coordinator)
