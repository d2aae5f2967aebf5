"""Words of the menu, in the language of the page."""

from collections.abc import Container, Iterable
from datetime import date

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.resolution import Resolved
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import BASES, LANGUAGES, REACHED, date_words, sources
from referral.knowledge import rules
from referral.matching.model import Band, Change, OutOfReach
from referral.matching.rules import Text, Verdict

BANDS = {
    Band.FITS_MOST: _("Fits most of what was said"),
    Band.FITS_SOME: _("Fits some of what was said"),
    Band.NOT_YET_KNOWN: _("Not yet known"),
    Band.NOT_RANKED: _("Not ranked"),
    Band.FITS_FEW: _("Fits few of what was said"),
}
BAND_HELP = {
    Band.FITS_MOST: _("The largest share of the wishes fits."),
    Band.FITS_SOME: _("Worth talking over."),
    Band.NOT_YET_KNOWN: _("Too little is known; the questions below would tell."),
    Band.NOT_RANKED: _("Nothing that was said concerns these groups, so none stands above another."),
    Band.FITS_FEW: _("More speaks against than for, by what was said."),
}
BAND_BARS = {Band.FITS_MOST: 3, Band.FITS_SOME: 2, Band.NOT_YET_KNOWN: 0, Band.NOT_RANKED: 0, Band.FITS_FEW: 1}
LANES = {
    "addiction": _("Groups about addiction"),
    "in_addition": _("In addition"),
    "next_of_kin": _("For next of kin"),
}
LANE_HELP = {
    "addiction": "",
    "in_addition": _("Help for another problem, beside the other groups and never instead of them."),
    "next_of_kin": _("For people close to someone who uses."),
}
MARKS = {
    Verdict.FITS: ("yes", "check", _("Fits:")),
    Verdict.PARTLY: ("part", "half", _("Fits partly:")),
    Verdict.CONFLICTS: ("no", "x", _("Does not fit:")),
    Verdict.NOT_KNOWN: ("unk", "question", _("Not known:")),
}
OUT_OF_REACH = {
    "language": _("The language: it meets in {detail}."),
    "membership": _("Who may come: it is for {detail}."),
    "access": _("What a place must have: there is no {detail}."),
    "time": _("The time: it meets only {detail}."),
}
DETAILS = {
    **LANGUAGES,
    "other": _("another language"),
    "women": _("women"),
    "men": _("men"),
    "step_free": _("step-free entrance"),
    "hearing": _("help with hearing"),
    "sight": _("help with seeing"),
    "child_care": _("child care"),
    "day": _("on weekdays in the daytime"),
    "evening": _("on weekday evenings"),
    "weekend": _("at weekends"),
}
VARIETY = {
    "one_kind": _("The catalog holds only one kind of organisation within reach, so the first five are of one kind."),
    "no_twelve_step": _("The catalog holds no 12-step group within reach."),
}


def words(text: Text) -> str:
    return text.in_language(get_language() or "en")


def attribute_words(language: str, attribute: str) -> str:
    """What a fact is about."""
    return vocabulary().attributes[attribute].label.in_language(language)


def sentences(language: str, attribute: str, values: Container[str]) -> str:
    """What is known, as plain sentences."""
    known = vocabulary().attributes[attribute].values.values()
    return " ".join(value.says.in_language(language) for value in known if value.id in values)


def because(answers: Iterable[str], marks: Container[str] = ()) -> str:
    """«You said: To talk together and get answers (matters most)» – the answers a reason rests on."""
    language = get_language() or "en"
    said = "; ".join([_answer_words(language, answer, marks) for answer in answers])
    return gettext("You said: {answers}").format(answers=said) if said else ""


def _answer_words(language: str, answer: str, marks: Container[str]) -> str:
    label = _option_label(answer).in_language(language)
    is_marked = answer in marks or answer.split(".", 1)[0] in marks
    return gettext("{answer} (matters most)").format(answer=label) if is_marked else label


def origin(fact: Resolved, *, stands_in: bool) -> str:
    """Where a value came from and how old it is: «Observed, about this group, 3 May 2026. Visit»."""
    named = ", ".join(dict.fromkeys(source.words for source in sources(fact.source)))
    how = [str(BASES[fact.basis]), str(REACHED[fact.reached]), date_words(fact.dated)]
    if fact.reported_once:
        how.append(gettext("reported once"))
    if stands_in:
        how.append(gettext("a written rule, not seen in practice"))
    return f"{', '.join(how)}. {named}" if named else f"{', '.join(how)}."


def fact_change(language: str, attribute: str, values: tuple[str, ...]) -> str:
    """«If it turned out: People ask before they touch.»"""
    return gettext("If it turned out: “{told}”").format(told=sentences(language, attribute, values))


def answer_change(change: Change) -> str:
    """«If the answer to «Goal» were: Stop everything»."""
    question = rules().questionnaire.questions[change.subject]
    if not change.values:
        return gettext("If “{question}” were not answered").format(question=words(question.short))
    options = "; ".join(words(question.option(option).label) for option in change.values)
    return gettext("If the answer to “{question}” were: {options}").format(
        question=words(question.short), options=options
    )


def result_words(band: Band | None, place: int) -> str:
    """Where a move leads; without a band: to another place in the same one."""
    if band is None:
        return gettext("place {place} in this list").format(place=place)
    return gettext("“{band}”, place {place}").format(band=BANDS[band], place=place)


def out_of_reach_words(greyed: OutOfReach) -> str:
    detail = ", ".join(str(DETAILS.get(part, part)) for part in greyed.detail)
    return str(OUT_OF_REACH[greyed.reason]).format(detail=detail)


def count_words(number: int) -> str:
    return ngettext("{count} group", "{count} groups", number).format(count=number)


def date_of_menu(day: date) -> str:
    return date_words(day.isoformat())


def _option_label(answer: str) -> Text:
    question, option = answer.split(".", 1)
    return rules().questionnaire.questions[question].option(option).label
