"""Text with links in it: to other places on the page, and out to sources."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import here
from referral.knowledge import rules
from referral.matching.rules import Text
from referral.menu import wording
from referral.menu.how.prose import quoted

ADDRESS = re.compile(r"https?://[^\s;)]+")
IDS = re.compile(r"\b[a-z0-9]+(?:[-_][a-zA-Z0-9]+)+\b")
COMMIT = re.compile(r"(?<=@)([0-9a-f]{10})[0-9a-f]{30}\b")
SHORT_NAME = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with an `address` it is a link."""

    words: str
    address: str = ""


def evidence_links(ids: Iterable[str]) -> tuple[Piece, ...]:
    items = rules().evidence
    return tuple(Piece(wording.words(items[item].topic), f"#evidence-{item}") for item in ids)


def criterion_links(ids: Iterable[str]) -> tuple[Piece, ...]:
    titles = {criterion.id: criterion.title for criterion in rules().criteria}
    return tuple(Piece(wording.words(titles[criterion]), f"#criterion-{criterion}") for criterion in ids)


def source_pieces(written: str) -> tuple[Piece, ...]:
    """A source as it was written down, its addresses as links named by their site, commit ids shortened."""
    return _pieces(COMMIT.sub(r"\1", written), ADDRESS, lambda address: Piece(_site(address), address))


def known_ids(written: Text) -> tuple[Piece, ...]:
    """A text that names sources, questions or attributes by their ids, with readable names in their place."""
    return _pieces(wording.words(written), IDS, _by_id)


def _by_id(found: str) -> Piece:
    known = rules()
    if found in known.evidence:
        return evidence_links([found])[0]
    if found in known.messages:
        return Piece(quoted(_shortened(wording.words(known.messages[found].client))), f"#message-{found}")
    if found in known.questionnaire.questions:
        return Piece(quoted(wording.words(known.questionnaire.questions[found].short)), f"#question-{found}")
    label = _labels().get(found)
    return Piece(quoted(label)) if label else Piece(found)


def _labels() -> dict[str, str]:
    """What an attribute, a value or an option is called, by id; the attribute where two share one."""
    attributes = vocabulary().attributes.values()
    named = {o.id: wording.words(o.label) for q in rules().questionnaire.questions.values() for o in q.options}
    named |= {value.id: here(value.label) for attribute in attributes for value in attribute.values.values()}
    return named | {attribute.id: here(attribute.label) for attribute in attributes}


def _pieces(written: str, pattern: re.Pattern[str], link: Callable[[str], Piece]) -> tuple[Piece, ...]:
    pieces, end = [], 0
    for match in pattern.finditer(written):
        pieces += [Piece(written[end : match.start()]), link(match.group())]
        end = match.end()
    return tuple(piece for piece in (*pieces, Piece(written[end:])) if piece.words)


def _site(address: str) -> str:
    """The site, and the last part of the path, which often names the paper."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    site = parts.netloc.removeprefix("www.")
    return f"{site} ({last})" if 0 < len(last) <= SHORT_NAME // 3 else site


def _shortened(words: str) -> str:
    first = words.split(". ", 1)[0].rstrip(".")
    return first if len(first) <= SHORT_NAME else first[:SHORT_NAME].rsplit(" ", 1)[0] + " …"
