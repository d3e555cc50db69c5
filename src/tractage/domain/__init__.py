"""Pure rules: no Django, no Discord, no network, no clock of their own."""
