"""What was seen, searches drawn by lot, and estimates of reach, on the desk."""
