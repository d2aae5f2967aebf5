"""A criterion read aloud: when the client answered this, a group with that fits."""

from collections.abc import Iterable

from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import here
from referral.knowledge import rules
from referral.matching.rules import Case, Read, Text, Trigger, Verdict
from referral.menu import wording
from referral.menu.how.prose import one_of, quoted

WHEN = Text("When the client answered {answers}: {rest}", "Når personen svarte {answers}: {rest}")
AND_ALSO = Text("{one} and also {other}", "{one} og i tillegg {other}")
OR = Text(" or ", " eller ")
FIRST = {
    Verdict.FITS: Text("a group fits if {attribute} is {values}.", "en gruppe passer hvis {attribute} er {values}."),
    Verdict.PARTLY: Text(
        "a group partly fits if {attribute} is {values}.", "en gruppe passer delvis hvis {attribute} er {values}."
    ),
    Verdict.CONFLICTS: Text(
        "a group does not fit if {attribute} is {values}.", "en gruppe passer ikke hvis {attribute} er {values}."
    ),
}
THEN = {
    Verdict.PARTLY: Text("It partly fits if it is {values}.", "Den passer delvis hvis det er {values}."),
    Verdict.CONFLICTS: Text("It does not fit if it is {values}.", "Den passer ikke hvis det er {values}."),
}
NOT_APPLICABLE = Text(
    "If it is {values}, the wish does not concern the group.", "Er det {values}, gjelder ikke ønsket gruppa."
)
SILENT = Text("Other values give no answer.", "Andre verdier gir ikke noe svar.")
NEXT = Text(
    "If that is not known or gives no answer: {rest}", "Er det ikke kjent, eller gir det ikke noe svar: {rest}"
)
STANDS_IN = Text(
    "This is written, not seen, so it gives “partly” at most.",
    "Dette er skrevet, ikke sett, og gir derfor høyst «delvis».",
)
LIFTS = Text(
    "This can only lift: it counts where it fits, and never against a group.",
    "Dette kan bare løfte: Det teller der det passer, og aldri mot en gruppe.",
)
CONFLICT_COUNTS = Text(
    "One thing counts against a group here: what does not fit was seen.",
    "Én ting teller mot en gruppe her: at noen har sett det som ikke passer.",
)


def case_sentence(case: Case) -> str:
    """The whole case: what switches it on, what is read, and what each value says."""
    answers = triggers_words(case.triggers)
    if case.only_if:
        answers = wording.words(AND_ALSO).format(one=answers, other=triggers_words(case.only_if))
    first, *later = [_read(read) for read in case.reads]
    parts = [wording.words(WHEN).format(answers=answers, rest=first)]
    parts += [wording.words(NEXT).format(rest=read) for read in later]
    return " ".join([*parts, *_lifting(case)])


def triggers_words(triggers: Iterable[Trigger]) -> str:
    """«Alkohol» (Støtte til) eller «Nei» (Psykisk helse)."""
    return wording.words(OR).join(trigger_words(trigger) for trigger in triggers)


def trigger_words(trigger: Trigger) -> str:
    question = rules().questionnaire.questions[trigger.question]
    labels = [wording.words(option.label) for option in question.options if option.id in trigger.options]
    return f"{one_of(labels)} ({wording.words(question.short)})"


def attribute_words(attribute: str) -> str:
    return quoted(here(vocabulary().attributes[attribute].label))


def value_words(attribute: str, values: Iterable[str]) -> str:
    known, wanted = vocabulary().attributes[attribute].values, set(values)
    return one_of(here(value.label) for value in known.values() if value.id in wanted)


def _read(read: Read) -> str:
    """A written rule that stands in for practice fits partly at most, so its *fits* are told as *partly*."""
    fits = frozenset[str]() if read.stands_in else read.fits
    partly = read.fits | read.partly if read.stands_in else read.partly
    told = ((Verdict.FITS, fits), (Verdict.PARTLY, partly), (Verdict.CONFLICTS, read.conflicts))
    (first, values), *later = [(verdict, values) for verdict, values in told if values]
    attribute = attribute_words(read.attribute)
    parts = [wording.words(FIRST[first]).format(attribute=attribute, values=value_words(read.attribute, values))]
    parts += [wording.words(THEN[v]).format(values=value_words(read.attribute, these)) for v, these in later]
    return " ".join([*parts, *_rest(read)])


def _rest(read: Read) -> Iterable[str]:
    if read.not_applicable:
        values = value_words(read.attribute, read.not_applicable)
        yield wording.words(NOT_APPLICABLE).format(values=values)
    if read.silent:
        yield wording.words(SILENT)
    if read.stands_in:
        yield wording.words(STANDS_IN)


def _lifting(case: Case) -> Iterable[str]:
    if case.raise_only:
        yield wording.words(LIFTS)
    if case.conflicts_count:
        yield wording.words(CONFLICT_COUNTS)
