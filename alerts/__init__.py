"""Who must be told, and telling them: the rule language, routing, channels, the digest."""
