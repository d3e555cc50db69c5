"""Campaign teams ask for help, and follow what they asked for."""
