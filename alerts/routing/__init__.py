"""What an event owes to whom: one story, one alert; then its updates."""
