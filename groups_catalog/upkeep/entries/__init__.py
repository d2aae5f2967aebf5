"""Groups, their meetings and facts, and the clinic's own organisations, by hand."""
