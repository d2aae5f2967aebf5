"""How the menu is made: everything the rules hold stands there, in both languages."""
