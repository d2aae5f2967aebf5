"""What one file says of another: every id exists, every mapping is kept, every value of an attribute is judged."""

from collections.abc import Iterable, Mapping

from groups_catalog.reading import ContentError, Node
from referral.knowledge.criteria import exempt_mappings
from referral.matching.rules import Case, Criterion, Message, Question, Read, RuleSet, Trigger


def check_rules(rules: RuleSet, files: Mapping[str, Node]) -> None:
    """Raises ContentError, `file: path: reason`, at the first thing that does not hold."""
    for question in rules.questionnaire.questions.values():
        _check_question(question, rules)
    _check_sections(rules)
    for criterion in rules.criteria:
        _check_criterion(criterion, rules)
    for message in rules.messages.values():
        _check_message(message, rules)
    _check_codes(rules)
    _check_mappings(rules, exempt_mappings(files["criteria"]))


def _fail(file: str, path: str, reason: str) -> None:
    raise ContentError(f"{file}: {path}: {reason}")


def _known(file: str, path: str, ids: Iterable[str], known: Iterable[str], what: str) -> None:
    for missing in sorted(set(ids) - set(known)):
        _fail(file, path, f"there is no {what} {missing!r}")


def _check_triggers(file: str, path: str, triggers: Iterable[Trigger], rules: RuleSet) -> None:
    questions = rules.questionnaire.questions
    for trigger in triggers:
        _known(file, path, [trigger.question], questions, "question")
        options = questions[trigger.question].option_ids()
        _known(file, path, trigger.options, options, f"option of {trigger.question}")
        if trigger.options & {"pns", "not_asked"}:
            _fail(file, path, "nothing may rest on a question that was not answered")


def _check_question(question: Question, rules: RuleSet) -> None:
    file, path = "questionnaire.yaml", f"questions[{question.id}]"
    _known(file, f"{path}.exclusive", question.exclusive, question.option_ids(), "option")
    _known(file, path, ["pns", "not_asked"], question.option_ids(), "option")
    _check_triggers(file, f"{path}.show_if", filter(None, [question.show_if, question.skip_if_only]), rules)
    _known(file, f"{path}.maps_to_attributes", question.maps_to_attributes, rules.attributes, "attribute")
    _known(file, f"{path}.maps_to_messages", question.maps_to_messages, rules.messages, "message")


def _check_sections(rules: RuleSet) -> None:
    listed = [q for section in rules.questionnaire.sections for q in section.questions]
    _known("questionnaire.yaml", "sections", listed, rules.questionnaire.questions, "question")
    _known("questionnaire.yaml", "sections: questions", rules.questionnaire.questions, listed, "place for question")
    if len(listed) != len(set(listed)):
        _fail("questionnaire.yaml", "sections", "a question stands twice")


def _check_criterion(criterion: Criterion, rules: RuleSet) -> None:
    file, path = "criteria.yaml", f"criteria[{criterion.id}]"
    _known(file, f"{path}.evidence", criterion.evidence, rules.evidence, "evidence item")
    for number, case in enumerate(criterion.cases):
        where = f"{path}.cases[{number}]"
        if not case.triggers or not case.reads:
            _fail(file, where, "needs `when` and `reads`")
        _check_triggers(file, f"{where}.when", (*case.triggers, *case.only_if), rules)
        for read in case.reads:
            _check_read(file, f"{where}.reads[{read.attribute}]", read, case, rules)


def _check_read(file: str, path: str, read: Read, case: Case, rules: RuleSet) -> None:
    _known(file, path, [read.attribute], rules.attributes, "attribute")
    values = rules.attributes[read.attribute].values
    sets = (read.fits, read.partly, read.conflicts, read.not_applicable, read.silent)
    judged = [value for one in sets for value in sorted(one)]
    _known(file, path, judged, values, f"value of {read.attribute}")
    if len(judged) != len(set(judged)):
        _fail(file, path, "a value stands in two sets")
    missing = sorted(set(values) - set(judged))
    if missing and not case.raise_only:
        _fail(file, path, f"{', '.join(missing)} is in no set: fits, partly, conflicts, not_applicable or silent")


def _check_message(message: Message, rules: RuleSet) -> None:
    file, path = "messages.yaml", f"messages[{message.id}]"
    _check_triggers(file, f"{path}.triggers", (*message.triggers, *message.unless), rules)
    _known(file, f"{path}.evidence", message.evidence, rules.evidence, "evidence item")
    _known(file, f"{path}.theme", [message.theme], rules.themes, "theme")
    _known(file, f"{path}.table3_code", message.codes, (code.id for code in rules.codes), "code")
    if message.strength == "interviews" and not message.section:
        _fail(file, f"{path}.section", "is missing")
    for attribute, values in message.applies_to.items():
        _known(file, f"{path}.applies_to", [attribute], rules.attributes, "attribute")
        _known(file, f"{path}.applies_to.{attribute}", values, rules.attributes[attribute].values, "value")
    _known(file, f"{path}.unknown_counts", message.unknown_counts, message.applies_to, "attribute in applies_to")
    _known(
        file,
        f"{path}.unknown_counts_only_for_kinds",
        message.unknown_only_for_kinds,
        rules.attributes["kind"].values,
        "kind",
    )


def _check_codes(rules: RuleSet) -> None:
    for code in rules.codes:
        path = f"table3[{code.id}]"
        _known("messages.yaml", path, code.messages, rules.messages, "message")
        for message_id in code.messages:
            if code.id not in rules.messages[message_id].codes:
                _fail("messages.yaml", path, f"{message_id} does not name this code")


def _check_mappings(rules: RuleSet, exempt: frozenset[tuple[str, str]]) -> None:
    """Every attribute and message a question maps to is really reached from that question."""
    reads = {
        (trigger.question, read.attribute)
        for criterion in rules.criteria
        for case in criterion.cases
        for trigger in case.triggers
        for read in case.reads
    }
    for question_id, attribute in sorted(exempt & reads):
        _fail("criteria.yaml", f"exempt[{question_id}]", f"{attribute} is read after all")
    for question in rules.questionnaire.questions.values():
        path = f"questions[{question.id}]"
        for attribute in question.maps_to_attributes:
            if (question.id, attribute) not in reads | exempt:
                _fail("questionnaire.yaml", f"{path}.maps_to_attributes", f"no criterion reads {attribute} for it")
        for message_id in question.maps_to_messages:
            message = rules.messages[message_id]
            if question.id not in {t.question for t in (*message.triggers, *message.unless)}:
                _fail("questionnaire.yaml", f"{path}.maps_to_messages", f"{message_id} does not name the question")
