"""Whatever reads what strangers wrote, as functions of bytes that may be tried for ever."""
