"""Published polls that coordinators bring, the trends behind them, and when they may be shown."""
