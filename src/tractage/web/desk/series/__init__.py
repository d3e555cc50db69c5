"""Series on the desk: what is announced, and which work is which episode."""
