"""The desk: what members do, behind an account."""
