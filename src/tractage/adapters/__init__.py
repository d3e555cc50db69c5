"""What touches the outside: official data, files, media."""
