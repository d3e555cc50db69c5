"""Results, seats, blocs, pivots and the hex map."""
