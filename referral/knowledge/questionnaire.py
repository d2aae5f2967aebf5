"""questionnaire.yaml → Questionnaire."""

from groups_catalog.reading import Node, unique
from referral.knowledge.nodes import maybe_text, text, texts, trigger, word_set, words
from referral.matching.rules import Option, Question, Questionnaire, Section, Text, Trigger

TYPES = ("single", "multi", "place")


def read_questionnaire(root: Node) -> Questionnaire:
    nodes = list(root.items("questions"))
    questions = [_question(node) for node in nodes]
    unique(nodes, [question.id for question in questions])
    return Questionnaire(
        version=root.word("version"),
        title=text(root, "title"),
        intro=text(root, "intro"),
        closing=text(root, "closing"),
        distress=text(root, "distress"),
        sections=tuple(_section(node) for node in root.items("sections")),
        questions={question.id: question for question in questions},
        status=texts(root, "status"),
        principles=texts(root, "principles"),
    )


def _section(node: Node) -> Section:
    return Section(node.word("id"), text(node, "title"), maybe_text(node, "lead"), node.words("questions"))


def _question(node: Node) -> Question:
    option_nodes = list(node.items("options"))
    options = tuple(_option(option) for option in option_nodes)
    unique(option_nodes, [option.id for option in options])
    return Question(
        id=node.word("id"),
        number=node.word("number"),
        type=node.choice("type", TYPES),
        sensitive=node.flag("sensitive"),
        seconds=node.number("seconds"),
        short=text(node, "short"),
        text=text(node, "text"),
        why=text(node, "why"),
        help=maybe_text(node, "help"),
        options=options,
        exclusive=word_set(node, "exclusive"),
        max_choices=node.whole("max_choices") if node.maybe("max_choices") else None,
        show_if=trigger(node.child("show_if")) if node.maybe("show_if") else None,
        open_on_request=node.flag("open_on_request", default=False),
        skip_if_only=_skip_if(node.child("skip_if")) if node.maybe("skip_if") else None,
        maps_to_attributes=words(node, "maps_to_attributes"),
        maps_to_messages=words(node, "maps_to_messages"),
        basis=node.maybe_word("basis"),
        note=maybe_text(node, "note"),
    )


def _option(node: Node) -> Option:
    label = Text(node.word("en"), node.word("nb"))
    return Option(node.word("id"), label, maybe_text(node, "prompt"))


def _skip_if(node: Node) -> Trigger:
    """Holds when these options, and no others, were chosen."""
    return Trigger(node.word("question"), frozenset(node.words("only")))
