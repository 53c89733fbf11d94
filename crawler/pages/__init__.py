"""The status pages and the JSON beside them: read-only, server-rendered, without JavaScript."""
