"""What was changed, what waits for a second person, and two people at one entry."""
