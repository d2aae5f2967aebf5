"""Whether two groups' names may be two spellings of one name. Pure: the standard library and `places.plain`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from groups_catalog.places import plain

LIKE = 0.6
"""Share of neighbouring letters that two names have in common (Dice): «Torsdag» and «Torsdags» have 0.82,
«Andre pust» and «Annen pust» 0.64, «Kvinnegruppa» and «Mannsgruppa» 0.15. A suggestion too many costs a look,
one too few a client's wasted way."""
WORD = re.compile(r"[^\W_]+")
SAYS_NOTHING = frozenset(("gruppe", "gruppa", "gruppen", "group", "grp", "mote", "motet", "meeting", "meetings"))
"""Words that any group's name may hold, spelled plainly."""
ENDINGS = re.compile(r"(gruppen|gruppa|gruppe|group|motet|mote|meeting)$")
"""«Torsdagsgruppa», «torsdagsmøtet» and «Torsdagsgruppen» tell the same."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart once, since it is compared many times."""

    whole: str
    words: frozenset[str]
    """The telling ones; none where the name only says that there is a group."""
    numbers: frozenset[str]
    pairs: frozenset[str]
    """Neighbouring letters of the telling words."""


def read_name(name: str, organisation: Collection[str] = ()) -> Name:
    """`organisation` are its names: in «AA Havna» only «Havna» tells groups of AA apart."""
    known = {plain(word) for names in organisation for word in WORD.findall(names)}
    words = [ENDINGS.sub("", plain(word)) for word in WORD.findall(name)]
    numbers = {word for word in words if word.isdigit()}
    telling = frozenset(words) - SAYS_NOTHING - known - numbers - {""}
    pairs = frozenset(pair for word in telling for pair in _pairs(word))
    return Name(plain(name), telling, frozenset(number.lstrip("0") for number in numbers), pairs)


def alike(a: Name, b: Name) -> bool:
    """Numbers tell groups apart for certain; a name that tells nothing contradicts none."""
    if a.numbers != b.numbers:
        return False
    if a.words <= b.words or b.words <= a.words:
        return True
    return 2 * len(a.pairs & b.pairs) >= LIKE * (len(a.pairs) + len(b.pairs))


def _pairs(word: str) -> list[str]:
    """Of « havna »: the ends count as letters, so that a short word has pairs too."""
    return [first + second for first, second in pairwise(f" {word} ")]
