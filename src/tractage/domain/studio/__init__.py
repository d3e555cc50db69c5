"""Templates, formats, pictures, GIFs, edits and print."""
