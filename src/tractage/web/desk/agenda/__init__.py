"""The calendar on the desk: legal dates, deadlines, releases, episodes, month by month."""
