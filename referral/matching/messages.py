"""Messages: which cautions, benefits and asks attach to a group, which are said once, and the balance.

Universal ones are said once and hang on no answer. The rest attach by rule; one that is reached only through
something nobody knows becomes a question to the group. At most three cautions are shown, never alone.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from referral.matching.model import Answers, Ask, Fact, General
from referral.matching.rules import Message, Role, RuleSet
from referral.matching.wishes import Choices, pulled

CAUTIONS_SHOWN = 3


class Heard(NamedTuple):
    """A message that the answers call for, with the answers behind it; none for what everybody gets."""

    message: Message
    answers: tuple[str, ...]

    def order(self) -> tuple[int, int, str]:
        """More answers behind it first, then the more important, then a fixed order."""
        return (-len(self.answers), self.message.priority, self.message.id)


class Attached(NamedTuple):
    """What one group's facts let the called messages say."""

    cautions: tuple[str, ...]
    benefits: tuple[str, ...]
    shown: tuple[str, ...]
    asks: tuple[Ask, ...]
    answers: Mapping[str, tuple[str, ...]]


def called(answers: Answers, rules: RuleSet) -> tuple[Heard, ...]:
    """The messages these answers call for, ordered."""
    said = answers.informative()
    heard = (_hear(message, said) for message in rules.messages.values())
    return tuple(sorted((h for h in heard if h), key=Heard.order))


def said_once(heard: Iterable[Heard], profiles: Iterable[Mapping[str, Fact]]) -> General:
    """What stands once: the universal messages, and those of the whole menu that some group gives rise to."""
    everyone = tuple(profiles)
    once = [h for h in heard if h.message.shown != "group" and _belongs(h, everyone)]
    by_role = {role: tuple(h.message.id for h in once if h.message.role is role) for role in Role}
    return General(by_role[Role.CAUTION], by_role[Role.BENEFIT], by_role[Role.ADVICE], by_role[Role.CLINICIAN])


def attach(heard: Iterable[Heard], facts: Mapping[str, Fact], rules: RuleSet, *, has_fit: bool) -> Attached:
    """The messages about one group: known ones as cautions and benefits, unknown ones as asks; with the balance.

    `heard` are those that are about a group.
    """
    known: list[Heard] = []
    asks: list[Ask] = []
    for one in heard:
        if applies(one.message, facts):
            known.append(one)
        else:
            asks += [Ask(attribute, one.message.id) for attribute in unknown_attributes(one.message, facts)]
    cautions = tuple(h.message.id for h in known if h.message.role is Role.CAUTION)
    benefits = tuple(h.message.id for h in known if h.message.role is Role.BENEFIT)
    if cautions and not benefits and not has_fit:
        benefits = tuple(m.id for m in rules.messages.values() if m.stands_in)
    shown = cautions[:CAUTIONS_SHOWN] + benefits[:CAUTIONS_SHOWN]
    return Attached(cautions, benefits, shown, tuple(asks), {h.message.id: h.answers for h in known})


def about_a_group(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    return tuple(one for one in heard if one.message.shown == "group")


def applies(message: Message, facts: Mapping[str, Fact]) -> bool:
    """Whether a known fact of the group is one the message speaks of."""
    if not message.applies_to:
        return True
    for attribute, values in message.applies_to.items():
        if attribute in facts and not values.isdisjoint(facts[attribute].values):
            return True
    return False


def unknown_attributes(message: Message, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The attributes nobody knows of this group that the message would ask about; the first one is enough."""
    if message.unknown_only_for_kinds:
        kind = facts.get("kind")
        if kind is None or not kind.values & message.unknown_only_for_kinds:
            return ()
    missing = [a for a in message.applies_to if a in message.unknown_counts and a not in facts]
    return tuple(missing[:1])


def _hear(message: Message, said: Choices) -> Heard | None:
    if pulled(message.unless, said):
        return None
    hits = pulled(message.triggers, said)
    return Heard(message, hits) if hits or not message.triggers else None


def _belongs(heard: Heard, profiles: tuple[Mapping[str, Fact], ...]) -> bool:
    """A universal message always; another one when some group's known or unknown fact gives rise to it."""
    message = heard.message
    if not message.triggers or not message.applies_to:
        return True
    return any(applies(message, facts) or unknown_attributes(message, facts) for facts in profiles)
