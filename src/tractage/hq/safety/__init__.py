"""Safety: rules, incidents, reports, sanctions, appeals, undoing, and the chained log."""
