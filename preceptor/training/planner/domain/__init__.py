"""Protected time, and the time that rules demand, as values."""
