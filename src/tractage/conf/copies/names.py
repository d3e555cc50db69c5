"""What stands in a data folder, as copies see it."""

from tractage.conf.prepare import BUILT

STAGE, BEAT, LAST_COPY = ".restore", "worker.beat", "last-copy"
SECRETS = ("secret.key", "keys")
MADE_AGAIN = frozenset({BUILT, "kit", STAGE, BEAT, LAST_COPY})
"""What a copy leaves out, and a restore may find in a folder that counts as empty."""
