"""Messages, written and sent: claimed, rendered, handed to a channel, marked."""
