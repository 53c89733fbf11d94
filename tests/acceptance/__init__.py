"""The whole daemon, by its real ways."""
