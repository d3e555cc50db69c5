"""Who may do what to a work."""

from tractage.hq.people.rules import grant, is_coordinator

grant("library.import_work", is_coordinator)
grant("library.release_work", is_coordinator)
grant("library.recall_work", is_coordinator)
