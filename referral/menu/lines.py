"""Lines that stand on a menu by the hundred, drawn here rather than by a template, which costs ten times as much.

What is kept, by language, are words of the knowledge and the catalog alone. What an answer adds is put in for one
page and forgotten with it.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clinics.templatetags.veivalg import icon
from groups_catalog.resolution import Resolved
from referral.knowledge import rules
from referral.matching.model import Band, Change, Finding
from referral.matching.rules import Question, Verdict
from referral.menu import wording

BARS = 3
BAR_ON, BAR_OFF = SafeString('<i class="on"></i>'), SafeString("<i></i>")


def drawn(html: str, *parts: str) -> SafeString:
    """Django's `format_html` at a fifth of its price: every part that is not HTML already is escaped."""
    return SafeString(html.format(*[part if isinstance(part, SafeString) else escape(part) for part in parts]))


def joined(lines: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(lines))


def answer_chip(language: str, question: Question, chosen: frozenset[str], *, matters: bool) -> SafeString:
    """One answer above the menu; a place stands as it was typed."""
    labels = [option.label.in_language(language) for option in question.options if option.id in chosen]
    star = icon("star", gettext("Matters most")) if matters else ""
    told = "; ".join(labels or sorted(chosen))
    html = '<span class="ans"><span>{}</span> {}{}</span>'
    return drawn(html, question.short.in_language(language), told, drawn(" {}", star) if star else "")


@lru_cache(maxsize=500)
def message_line(language: str, message: str) -> SafeString:
    """A caution, benefit or advice."""
    return drawn("<li>{}</li>", message_words(language, message))


def message_words(language: str, message: str, because: str = "") -> SafeString:
    """What it says to the client, the answers behind it if they are to be told, and the way to its source."""
    client = rules().messages[message].client.in_language(language)
    source = _source(language, message)
    if not because:
        return drawn("{} {}", client, source)
    return drawn('{} <em class="muted">{}</em> {}', client, because, source)


@lru_cache(maxsize=200)
def note_line(language: str, message: str) -> SafeString:
    """For the professional: what to think of, and what can be done."""
    known = rules().messages[message]
    told, done = known.clinician.in_language(language), known.mitigation.in_language(language)
    return drawn("<li>{} <em>{}</em> {}</li>", told, done, _source(language, message))


def told_words(language: str, finding: Finding) -> SafeString:
    """A mark, and what is known as plain sentences. The answer it rests on follows, and where it comes from."""
    return _told(language, finding.verdict, finding.attribute, finding.values)


def origin_words(fact: Resolved | None, finding: Finding) -> SafeString:
    """Where a fact comes from, and the way to the criterion that makes it count."""
    told = wording.origin(fact, stands_in=finding.stands_in) if fact else ""
    why = '<small class="from">{} <a class="source" href="{}#criterion-{}">{}</a></small></span></li>'
    return drawn(why, told, reverse("how"), finding.criterion, gettext("why"))


def because_words(said: str) -> SafeString:
    return drawn(" <em>{}</em>", said)


def not_known_line(language: str, attributes: Iterable[str]) -> SafeString:
    names = dict.fromkeys(wording.attribute_words(language, attribute) for attribute in attributes)
    mark, label = _mark(language, Verdict.NOT_KNOWN), str(wording.MARKS[Verdict.NOT_KNOWN][2])
    return drawn("{}{} {}</span></li>", mark, label, ", ".join(names))


@lru_cache(maxsize=500)
def ask_line(language: str, attribute: str, could_change_band: bool) -> SafeString:
    question = rules().attributes[attribute].question.in_language(language)
    if not could_change_band:
        return drawn("<li>{}</li>", question)
    told = gettext("The answer could move it to another band.")
    return drawn('<li>{} <em class="muted">{}</em></li>', question, told)


def move_line(change: SafeString, result: SafeString) -> SafeString:
    return SafeString(f"<li>{change}: {result}.</li>")


def greyed_line(name: SafeString, why: str) -> SafeString:
    """A group out of reach, with the reason."""
    return drawn("<li>{} – {}</li>", name, why)


@lru_cache(maxsize=2000)
def group_link(group: str, name: str) -> SafeString:
    return drawn('<a href="{}"><strong>{}</strong></a>', reverse("group", args=[group]), name)


def bars(full: int) -> SafeString:
    """Three bars, so many of them full; the words beside them say the same."""
    return joined([BAR_ON] * full + [BAR_OFF] * (BARS - full))


@lru_cache(maxsize=1000)
def fact_change(language: str, attribute: str, values: tuple[str, ...]) -> SafeString:
    return drawn("{}", wording.fact_change(language, attribute, values))


def answer_change(change: Change) -> SafeString:
    return drawn("{}", wording.answer_change(change))


@lru_cache(maxsize=1000)
def result_words(_language: str, band: Band | None, place: int) -> SafeString:
    """Where a move leads; without a band: to another place in the same one."""
    return drawn("{}", wording.result_words(band, place))


@lru_cache(maxsize=300)
def more_reasons(_language: str, number: int) -> str:
    return ngettext("%(n)s more reason", "%(n)s more reasons", number) % {"n": number}


@lru_cache(maxsize=300)
def more_questions(_language: str, number: int) -> str:
    return ngettext("%(n)s more question", "%(n)s more questions", number) % {"n": number}


@lru_cache(maxsize=300)
def more_to_know(_language: str, number: int) -> str:
    return ngettext("%(n)s more to know", "%(n)s more to know", number) % {"n": number}


@lru_cache(maxsize=500)
def _source(_language: str, message: str) -> SafeString:
    return drawn('<a class="source" href="{}#message-{}">{}</a>', reverse("how"), message, gettext("source"))


@lru_cache(maxsize=10)
def _mark(_language: str, verdict: Verdict) -> SafeString:
    mark, drawing, label = wording.MARKS[verdict]
    return drawn('<li class="{}">{}<span>', mark, icon(drawing, str(label)))


@lru_cache(maxsize=2000)
def _told(language: str, verdict: Verdict, attribute: str, values: tuple[str, ...]) -> SafeString:
    """The mark, and what is known as plain sentences."""
    return drawn("{}{}", _mark(language, verdict), wording.sentences(language, attribute, values))
