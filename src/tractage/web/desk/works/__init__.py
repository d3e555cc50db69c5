"""Works on the desk: submission, review, release."""
