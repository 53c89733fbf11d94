"""The configuration that is live: read, kept, exchanged whole."""
