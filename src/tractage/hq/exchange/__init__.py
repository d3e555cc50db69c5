"""Exchange: briefs and works that communities give one another, signed, read by a person, credited."""
