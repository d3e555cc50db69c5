"""The faces of the headquarters on the web."""
