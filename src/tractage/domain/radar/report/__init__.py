"""The report: one page that opens offline and can be checked."""
