"""What people wrote: settings, sources, rules, channels and digests, typed and checked."""
