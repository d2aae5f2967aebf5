"""The curators' desk: entries by hand, what needs a look, history, and the second person."""
