"""Nothing in the background: the bot itself looks for what is due."""
