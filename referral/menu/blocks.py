"""The blocks of a card, one under the other: each is a heading over lines that are drawn already, or nothing."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clinics.templatetags.veivalg import icon
from referral.menu.lines import drawn, joined

NOTHING = SafeString("")


class Folded(NamedTuple):
    """Lines that stand folded away under a summary that counts them."""

    summary: str
    lines: Sequence[SafeString]


CARD = """<article class="item{}" id="group-{}" aria-labelledby="name-{}">
<div class="item__body"><div class="item__main">
<div>{}</div>
{}
</div>
<dl class="item__side facts">{}</dl>
</div>
<div class="item__foot">
{}
{}
{}
</div>
</article>
"""


def card(
    group: str,
    *,
    is_chosen: bool,
    head: SafeString,
    main: SafeString,
    side: SafeString,
    moves: SafeString,
    tellings: SafeString,
    pick: SafeString,
) -> SafeString:
    """One entry on the menu."""
    picked = " item--picked" if is_chosen else ""
    return drawn(CARD, picked, group, group, head, main, side, moves, tellings, pick)


class Words(NamedTuple):
    """What stands on every card, in the language of the page."""

    nothing_said: SafeString
    not_asked_for: SafeString
    benefits: SafeString
    cautions: SafeString
    told_above: SafeString
    caution: SafeString
    """Its number is still to be put in, and below how far away."""
    not_studied: SafeString
    asks: SafeString
    moves: SafeString
    distance: SafeString
    away: str
    """Not escaped yet."""


@lru_cache(maxsize=10)
def words(_language: str) -> Words:
    return Words(
        nothing_said=_muted(gettext("Nothing that was said concerns this group."), ""),
        not_asked_for=_muted(
            gettext(
                "For a certain gender or situation. It was not asked for, so it stands last here; "
                "ask if it would be welcome."
            )
        ),
        benefits=drawn("{}", gettext("Good to know:")),
        cautions=drawn("{}", gettext("Worth knowing:")),
        told_above=drawn("{}", gettext("Told above, for several groups:")),
        caution=drawn("{}", gettext("caution %(number)s")),
        not_studied=_muted(
            gettext(
                "Not studied: the research behind the cautions did not look at this kind of group. "
                "No caution does not mean no problem."
            )
        ),
        asks=drawn("{}", gettext("Ask them:")),
        moves=drawn("{}", gettext("What would move this?")),
        distance=drawn("{}<dt>{}</dt>", icon("right"), gettext("Distance")),
        away=gettext("%(distance)s in a straight line, an estimate"),
    )


def reasons(words: Words, lines: Sequence[SafeString], more: Folded) -> SafeString:
    if not lines:
        return words.nothing_said
    return drawn('<ul class="why">{}</ul>\n{}', joined(lines), _folded(more, '<ul class="why">{}</ul>'))


def benefits(words: Words, lines: Sequence[SafeString]) -> SafeString:
    return _headed("good", words.benefits, _list(lines)) if lines else NOTHING


def cautions(words: Words, lines: Sequence[SafeString], told_above: Sequence[int]) -> SafeString:
    """Those of this group alone, and the numbers of those that stand above for several groups."""
    told = _list(lines) if lines else NOTHING
    if told_above:
        links = SafeString(", ".join([_to_caution(words, number) for number in told_above]))
        told = drawn('{}\n<p class="small">{} {}</p>', told, words.told_above, links)
    return _headed("care", words.cautions, told) if told else NOTHING


def more_to_know(more: Folded) -> SafeString:
    return _folded(more, "\n<ul>{}</ul>")


def asks(words: Words, lines: Sequence[SafeString], more: Folded) -> SafeString:
    if not lines:
        return NOTHING
    return _headed("ask", words.asks, drawn("{}\n{}", _list(lines), _folded(more, "<ul>{}</ul>")))


def moves(words: Words, lines: Sequence[SafeString]) -> SafeString:
    if not lines:
        return NOTHING
    html = '<details><summary>{}</summary><ul class="change">{}</ul></details>'
    return drawn(html, words.moves, joined(lines))


def distance(words: Words, away: str) -> SafeString:
    if not away:
        return NOTHING
    return drawn("<div>{}<dd>{}</dd></div>", words.distance, words.away % {"distance": away})


@lru_cache(maxsize=2000)
def link_down(group: str, name: str) -> SafeString:
    """The way down to a group's card."""
    return drawn('<a href="#group-{}">{}</a>', group, name)


def _muted(told: str, small: str = "small ") -> SafeString:
    return drawn('\n<p class="{}muted">{}</p>\n', small, told)


def _headed(look: str, heading: SafeString, told: SafeString) -> SafeString:
    return drawn('<div class="{}"><strong>{}</strong>\n{}</div>\n', look, heading, told)


def _list(lines: Iterable[SafeString]) -> SafeString:
    return drawn("<ul>{}</ul>", joined(lines))


def _folded(more: Folded, as_list: str) -> SafeString:
    if not more.lines:
        return NOTHING
    html = '<details class="small"><summary>{}</summary>{}</details>\n'
    return drawn(html, more.summary, drawn(as_list, joined(more.lines)))


def _to_caution(words: Words, number: int) -> SafeString:
    return SafeString(f'<a href="#caution-{number}">{words.caution % {"number": number}}</a>')
