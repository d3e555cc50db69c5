"""Who may change the server's layout: the operator's command alone, hence nobody by standing."""
