"""Posts in: CSV, NDJSON, Parquet and platform exports; results out: tables, graphs, report."""
