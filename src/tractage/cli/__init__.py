"""The `tractage` command: one module per noun."""
