"""What people write is read exactly, and every mistake is shown in its place."""
