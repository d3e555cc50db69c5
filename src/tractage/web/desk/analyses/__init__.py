"""Analysts' pages: give a file, watch it, read the report, agree to tell its figures."""
