"""Provenance that travels with a file: the instance's key, sealing an export, reading a seal back."""

from tractage.adapters.provenance.identity import Identity, load_identity, new_identity
from tractage.adapters.provenance.seal import Seal, read_seal, seal

__all__ = ["Identity", "Seal", "load_identity", "new_identity", "read_seal", "seal"]
