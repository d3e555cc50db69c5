"""People on the desk: join, log in, one's page and data, members for coordinators."""
