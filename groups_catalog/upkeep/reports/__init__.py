"""What colleagues and clients tell about a group that is not as listed."""
