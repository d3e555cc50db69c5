"""“Seen!”: log a post in five seconds, from a link, a screenshot, or the phone's share sheet."""
