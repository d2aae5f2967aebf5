"""What one consultation remembers while it is open, and its form as sealed bytes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from referral.matching.rules import UNINFORMATIVE

PLACE = "q12_place"
MOST_CHOSEN = 4
# The length of a sealed row must not tell how much was answered.
BLOCK_BYTES = 4096


@dataclass(frozen=True, slots=True, repr=False)
class StoredAnswers:
    """Has no readable `repr`, so that no log or error report can show an answer."""

    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Options by question. A question that was left untouched is kept as `not_asked`."""
    matters_most: frozenset[str] = frozenset()
    place: str = ""
    """Where the client would set out from, as typed; it may be a place we do not know."""
    chosen: tuple[str, ...] = ()
    """The groups in the tray, in the order they were taken, four at most."""
    opened: frozenset[str] = frozenset()
    """Branches opened on request, without the answer that usually opens them."""
    untouched: frozenset[str] = frozenset()
    """Questions kept as `not_asked` only because nobody touched them; shown without a mark."""

    def __post_init__(self) -> None:
        if len(self.chosen) > MOST_CHOSEN:
            raise ValueError("A consultation holds four chosen groups at most.")

    def said(self) -> dict[str, frozenset[str]]:
        """What was ticked or typed, as a page shows it: without what is only kept as not asked."""
        ticked = {question: said for question, said in self.choices.items() if question not in self.untouched}
        return ticked | ({PLACE: frozenset({self.place})} if self.place else {})

    def with_said(self, said: Mapping[str, frozenset[str]], questions: Iterable[str]) -> "StoredAnswers":
        """Puts in what a page said. Of its `questions`, those with no answer are kept as not asked."""
        everything = {question: ticked for question, ticked in (self.said() | dict(said)).items() if ticked}
        untouched = (self.untouched | frozenset(questions)) - everything.keys()
        typed = everything.get(PLACE, frozenset()) - UNINFORMATIVE
        ticked = {question: said for question, said in everything.items() if not (question == PLACE and typed)}
        return replace(
            self,
            choices=ticked | dict.fromkeys(untouched, frozenset({"not_asked"})),
            place="".join(typed),
            untouched=untouched,
        )

    def to_bytes(self) -> bytes:
        text = json.dumps(self._as_data(), separators=(",", ":")).encode()
        return text.ljust(-(-len(text) // BLOCK_BYTES) * BLOCK_BYTES)

    @classmethod
    def from_bytes(cls, text: bytes) -> "StoredAnswers":
        data = json.loads(text)
        return cls(
            choices={question: frozenset(options) for question, options in data["choices"].items()},
            matters_most=frozenset(data["matters_most"]),
            place=data["place"],
            chosen=tuple(data["chosen"]),
            opened=frozenset(data["opened"]),
            untouched=frozenset(data["untouched"]),
        )

    def _as_data(self) -> dict[str, Any]:
        return {
            "choices": {question: sorted(options) for question, options in sorted(self.choices.items())},
            "matters_most": sorted(self.matters_most),
            "place": self.place,
            "chosen": self.chosen,
            "opened": sorted(self.opened),
            "untouched": sorted(self.untouched),
        }
