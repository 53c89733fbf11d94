"""Reading strangers' bytes in processes that can be killed."""
