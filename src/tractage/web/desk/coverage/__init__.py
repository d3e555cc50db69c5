"""Coverage on the desk: the close seats, and what each still lacks."""
