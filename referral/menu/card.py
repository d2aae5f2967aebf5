"""One entry in words: reasons, cautions beside benefits, asks, moves, times and place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.utils.safestring import SafeString

from groups_catalog.resolution import Resolved
from groups_catalog.wording import distance_words
from referral.intake.stored import StoredAnswers
from referral.matching.model import Change, Entry, Finding
from referral.matching.rules import Verdict
from referral.menu import blocks, lines, wording
from referral.menu.blocks import NOTHING, Folded
from referral.menu.forms import Forms
from referral.menu.lines import joined
from referral.menu.service import Served
from referral.menu.shared import Shared

FITS_SHOWN = 4
PARTLY_SHOWN = 2
ASKS_SHOWN = 3
MOVES_TOLD = 8


class Cards:
    """Words the entries of one page, in its language; what they share is worded once."""

    def __init__(self, served: Served, stored: StoredAnswers, shared: Shared, forms: Forms, language: str) -> None:
        self._served = served
        self._stored = stored
        self._shared = shared
        self._forms = forms
        self._language = language
        self._words = blocks.words(language)
        self._because: dict[tuple[str, ...], SafeString] = {}
        self._changes: dict[Change, SafeString] = {}

    def card(self, entry: Entry) -> SafeString:
        groups = [self._served.groups[group] for group in entry.groups]
        first, still = groups[0], self._served.stills.of(groups, self._served.today)
        is_chosen = any(group in self._stored.chosen for group in entry.groups)
        return blocks.card(
            first.id,
            is_chosen=is_chosen,
            head=joined([still.head, self._words.not_asked_for if entry.not_asked_for else NOTHING]),
            main=joined(self._main(entry, first.facts)),
            side=joined([still.side, blocks.distance(self._words, self._distance(first.id))]),
            moves=blocks.moves(self._words, list(self._moves(entry))),
            tellings=still.tellings,
            pick=self._forms.pick(first.id, first.name, chosen=is_chosen),
        )

    def _main(self, entry: Entry, facts: Mapping[str, Resolved]) -> Iterator[SafeString]:
        reasons, more_reasons = self._reasons(entry.findings, facts)
        asks = [lines.ask_line(self._language, ask.attribute, ask.could_change_band) for ask in entry.asks]
        yield blocks.reasons(self._words, reasons, self._folded(more_reasons, lines.more_reasons))
        yield blocks.benefits(self._words, self._messages(m for m in entry.shown if m in entry.benefits))
        yield blocks.cautions(self._words, list(self._cautions(entry)), self._shared.numbers(entry))
        if not entry.studied:
            yield self._words.not_studied
        yield blocks.more_to_know(self._folded(self._messages(left_out(entry)), lines.more_to_know))
        yield blocks.asks(self._words, asks[:ASKS_SHOWN], self._folded(asks[ASKS_SHOWN:], lines.more_questions))

    def _folded(self, some: Sequence[SafeString], summary: Callable[[str, int], str]) -> Folded:
        return Folded(summary(self._language, len(some)) if some else "", some)

    def _reasons(
        self, findings: Iterable[Finding], facts: Mapping[str, Resolved]
    ) -> tuple[list[SafeString], list[SafeString]]:
        """The reasons to read first, and the rest. What does not fit is never folded away; one fact is told once."""
        told: dict[Verdict, dict[str, list[Finding]]] = {verdict: {} for verdict in Verdict}
        for finding in findings:
            told[finding.verdict].setdefault(finding.attribute, []).append(finding)
        fits, partly = (
            [self._reason(same, facts) for same in told[v].values()] for v in (Verdict.FITS, Verdict.PARTLY)
        )
        against = [self._reason(same, facts) for same in told[Verdict.CONFLICTS].values()]
        unknown = told[Verdict.NOT_KNOWN]
        if unknown:
            against.append(lines.not_known_line(self._language, unknown))
        return [*fits[:FITS_SHOWN], *partly[:PARTLY_SHOWN], *against], [*fits[FITS_SHOWN:], *partly[PARTLY_SHOWN:]]

    def _reason(self, same: list[Finding], facts: Mapping[str, Resolved]) -> SafeString:
        """One fact and all the answers it speaks to."""
        finding = same[0]
        answers = dict.fromkeys(answer for one in same for answer in one.answers)
        return lines.joined(
            [
                lines.told_words(self._language, finding),
                self._said(tuple(answers)),
                self._served.stills.origin(self._language, facts.get(finding.attribute), finding),
            ]
        )

    def _said(self, answers: tuple[str, ...]) -> SafeString:
        if answers not in self._because:
            said = wording.because(answers, self._stored.matters_most)
            self._because[answers] = lines.because_words(said)
        return self._because[answers]

    def _cautions(self, entry: Entry) -> Iterator[SafeString]:
        """Those of this group alone."""
        for message in entry.shown:
            if message in entry.cautions and message not in self._shared.cautions:
                because = wording.because(entry.message_answers.get(message, ()))
                yield lines.drawn("<li>{}</li>", lines.message_words(self._language, message, because))

    def _messages(self, messages: Iterable[str]) -> list[SafeString]:
        return [lines.message_line(self._language, message) for message in messages]

    def _moves(self, entry: Entry) -> Iterator[SafeString]:
        """The first of them: those that change the band, then those that lead highest."""
        ordered = sorted(entry.moves, key=lambda move: (move.band is entry.band, move.place))
        for move in ordered[:MOVES_TOLD]:
            band = None if move.band is entry.band else move.band
            yield lines.move_line(self._change(move.change), lines.result_words(self._language, band, move.place))

    def _change(self, change: Change) -> SafeString:
        if change.kind == "fact":
            return lines.fact_change(self._language, change.subject, change.values)
        if change not in self._changes:
            self._changes[change] = lines.answer_change(change)
        return self._changes[change]

    def _distance(self, group: str) -> str:
        km = self._served.km_away(group)
        return distance_words(km) if km is not None else ""


def left_out(entry: Entry) -> list[str]:
    """The messages that fired and are not among those shown first."""
    return [message for message in (*entry.cautions, *entry.benefits) if message not in entry.shown]
