"""Cautions that several of the entries shown share: they stand once, above them all, and each card points there."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from groups_catalog.snapshot import CatalogGroup
from referral.matching.model import Entry
from referral.menu import blocks, lines, wording

SEVERAL = 3
BENEFITS_SHOWN = 3
LINE = '<li id="caution-{}">{} <span class="small">{} {}</span></li>'


class Shared:
    def __init__(self, entries: Sequence[Entry]) -> None:
        cautioned = [(entry, [m for m in entry.shown if m in entry.cautions]) for entry in entries]
        count = Counter(message for _, shown in cautioned for message in shown)
        several = [message for message, entries in count.items() if entries >= SEVERAL]
        self.cautions: dict[str, int] = {message: number for number, message in enumerate(several, 1)}
        """Message → its number, in the order in which a reader of the menu meets them."""
        self._sharing = [(e, shown) for e, shown in cautioned if not self.cautions.keys().isdisjoint(shown)]

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The numbers of the shared cautions that are about this entry."""
        return tuple(self.cautions[m] for m in entry.shown if m in self.cautions)

    def told(self, language: str, groups: Mapping[str, CatalogGroup]) -> SafeString:
        return lines.joined(
            self._told(language, message, number, groups) for message, number in self.cautions.items()
        )

    def benefits(self, language: str) -> SafeString:
        """What is good about several of the groups that are named; it stands on their cards too."""
        count = Counter(m for entry, _ in self._sharing for m in entry.shown if m in entry.benefits)
        several = [message for message, entries in count.most_common() if entries >= SEVERAL]
        return lines.joined(lines.message_line(language, m) for m in several[:BENEFITS_SHOWN])

    def _told(self, language: str, message: str, number: int, groups: Mapping[str, CatalogGroup]) -> SafeString:
        """The cards point to it by its number."""
        sharing = [entry for entry, shown in self._sharing if message in shown]
        because = wording.because(sharing[0].message_answers.get(message, ()))
        named = SafeString(", ".join(blocks.link_down(e.groups[0], groups[e.groups[0]].name) for e in sharing))
        told = lines.message_words(language, message, because)
        return lines.drawn(LINE, str(number), told, gettext("This is about:"), named)
