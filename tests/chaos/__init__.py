"""The real daemon, killed with kill -9 at seeded moments in a world that fails, too."""
