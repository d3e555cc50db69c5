"""The campaign: which election, which bloc, which rules, and the audit log."""
