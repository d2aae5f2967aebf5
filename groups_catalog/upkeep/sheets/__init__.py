"""The catalog as a spreadsheet, out and back in."""
