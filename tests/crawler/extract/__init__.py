"""What a page becomes."""
