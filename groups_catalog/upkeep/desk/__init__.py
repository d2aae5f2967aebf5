"""What needs a look today, most urgent first."""
