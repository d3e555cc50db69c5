"""The community's own Discord server: what was made there, and what is to be announced there."""
