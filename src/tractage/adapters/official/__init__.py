"""Official result files of the Ministère de l'Intérieur: read, checked, fetched."""
