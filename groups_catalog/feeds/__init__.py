"""Meeting lists from elsewhere: read and compared here, decided on at the curators' desk."""
