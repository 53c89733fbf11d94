"""The ways to tell somebody: mail, files, webhooks and chats, each behind one method."""
