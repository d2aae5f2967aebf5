"""Letters without their accents, for comparing and for ids. Pure."""

import unicodedata
from collections.abc import Mapping

Letters = Mapping[int, str]
"""What is written instead of a letter that is no letter with an accent to Unicode, made by `str.maketrans`."""


def without_accents(text: str, letters: Letters) -> str:
    """In lower case. Which of «ø», «æ» and their like a text may hold is the caller's to know."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(letters))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
