"""A meeting list against the catalog: what it would change, and what somebody decided of it."""
