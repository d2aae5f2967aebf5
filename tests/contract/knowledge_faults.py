"""Mistakes in the knowledge, one in each copy: what is written instead, and what has to be said of it."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One mistake planted in a copy of the knowledge, and what has to be said of it."""

    name: str
    file: str
    old: str
    new: str
    told: tuple[str, ...]


WHEN = "criteria[goal].cases[0].when"
READ = "criteria[goal].cases[0].reads[abstinence_goal]"
FAULTS = (
    Fault(
        "an unknown option", "criteria.yaml", "{q2_goal: [abstain_all]}", "{q2_goal: [abstain]}", (WHEN, "'abstain'")
    ),
    Fault("an unknown question", "criteria.yaml", "{q2_goal: [abstain_all]}", "{q2: [abstain_all]}", (WHEN, "'q2'")),
    Fault(
        "a wish resting on a skip", "criteria.yaml", "{q2_goal: [abstain_all]}", "{q2_goal: [pns]}", (WHEN, "rest on")
    ),
    Fault(
        "a message resting on a skip",
        "messages.yaml",
        "{question: q11_experience, any_of: [left_bad, left_mixed]}",
        "{question: q11_experience, any_of: [not_asked]}",
        ("messages[", "].triggers", "nothing may rest on"),
    ),
    Fault(
        "no Bokmål", "questionnaire.yaml", '\n  nb: "Spørsmål til en meny av grupper"', "", ("title", "nb is missing")
    ),
    Fault("empty Bokmål", "questionnaire.yaml", '"Spørsmål til en meny av grupper"', '" "', ("title.nb", "is empty")),
    Fault(
        "no English",
        "messages.yaml",
        "    en: Offer alongside it a group with dialogue and feedback, a course, or activities.\n",
        "",
        ("messages[narrative-format-hard-to-use].mitigation", "en is missing"),
    ),
    Fault(
        "one id twice", "criteria.yaml", "- id: goal\n", "- id: support_with\n", ("criteria[support_with]", "twice")
    ),
    Fault(
        "a question twice",
        "questionnaire.yaml",
        "- id: q3_stage\n",
        "- id: q2_goal\n",
        ("questions[q2_goal]", "twice"),
    ),
    Fault("a question in two sections", "questionnaire.yaml", "[q11_experience,", "[q2_goal,", ("sections",)),
    Fault(
        "unknown evidence",
        "criteria.yaml",
        "[vederhus-2020, we-pal-2018]",
        "[we-no]",
        ("criteria[goal].evidence", "we-no"),
    ),
    Fault(
        "a value in two sets",
        "criteria.yaml",
        "conflicts: [moderation]\n",
        "conflicts: [moderation, own_choice]\n",
        (READ, "in two sets"),
    ),
    Fault(
        "a value in no set",
        "criteria.yaml",
        "partly: [main_substance, own_choice]\n",
        "partly: [main_substance]\n",
        (READ, "own_choice", "in no set"),
    ),
    Fault(
        "an unknown value", "criteria.yaml", "fits: [all_substances_incl_alcohol]\n", "fits: [all]\n", (READ, "'all'")
    ),
    Fault(
        "an unknown attribute",
        "criteria.yaml",
        "- attribute: abstinence_goal\n",
        "- attribute: aim\n",
        ("criteria[goal]", "'aim'"),
    ),
    Fault(
        "an unknown lane",
        "criteria.yaml",
        "lanes: [next_of_kin]",
        "lanes: [family]",
        ("criteria[support_as_relative].lanes", "'family'"),
    ),
    Fault(
        "a weight that is no number",
        "criteria.yaml",
        "weight: 3\n",
        "weight: much\n",
        ("criteria[support_with].weight", "not a number"),
    ),
    Fault(
        "a weight of a half",
        "criteria.yaml",
        "weight: 3\n",
        "weight: 0.5\n",
        ("criteria[support_with]", "whole number"),
    ),
    Fault(
        "a weight without a reason",
        "criteria.yaml",
        "weight_reason: focus\n",
        "weight_reason: mine\n",
        ("criteria[support_with].weight_reason", "'mine'"),
    ),
    Fault("a limit nobody wrote", "criteria.yaml", "limits: practical\n", "limits: no\n", ("criteria[", ".limits")),
    Fault("YAML that does not parse", "criteria.yaml", "criteria:\n", "criteria: [\n", ("line ",)),
    Fault(
        "a key written twice",
        "criteria.yaml",
        "version: 1.0.0\n",
        "version: 1.0.0\nversion: 2.0.0\n",
        ("version is written twice",),
    ),
    Fault(
        "yes without quotes",
        "criteria.yaml",
        "fits: ['yes']",
        "fits: [yes]",
        ("criteria[mentor_may_change]", "quotation marks"),
    ),
    Fault(
        "a code without a message",
        "messages.yaml",
        "messages: [double-trouble-needs-more]",
        "messages: []",
        ("table3[double-trouble].messages", "empty"),
    ),
    Fault(
        "a code with an unknown message",
        "messages.yaml",
        "messages: [double-trouble-needs-more]",
        "messages: [trouble]",
        ("table3[double-trouble]", "'trouble'"),
    ),
    Fault(
        "a message that does not name its code",
        "messages.yaml",
        "messages: [double-trouble-needs-more]",
        "messages: [visible-venue]",
        ("table3[double-trouble]", "visible-venue"),
    ),
    Fault(
        "a mapping nobody reads",
        "questionnaire.yaml",
        "maps_to_attributes: [problem_focus]\n",
        "maps_to_attributes: [problem_focus, cost]\n",
        ("questions[q1_help_with].maps_to_attributes", "cost"),
    ),
    Fault(
        "a mapping to a deaf message",
        "questionnaire.yaml",
        "maps_to_messages: [careful-with-alcohol-early,",
        "maps_to_messages: [visible-venue,",
        ("questions[q2_goal].maps_to_messages", "visible-venue"),
    ),
    Fault(
        "an exemption for what is read",
        "criteria.yaml",
        "question: q12_access, attribute: referral_needed",
        "question: q12_access, attribute: cost",
        ("exempt[q12_access]", "cost"),
    ),
    Fault(
        "a message without its section",
        "messages.yaml",
        "  section: 'Results: The model did not fit'\n  voices: [Per, John]\n",
        "  voices: [Per, John]\n",
        ("messages[narrative-format-hard-to-use].section", "missing"),
    ),
    Fault(
        "a message without advice",
        "messages.yaml",
        "  mitigation:\n    en: Offer alongside it",
        "  advice:\n    en: Offer alongside it",
        ("messages[narrative-format-hard-to-use]", "mitigation is missing"),
    ),
    Fault(
        "an unknown theme",
        "messages.yaml",
        "  theme: model_did_not_fit\n  table3_code: strategy\n",
        "  theme: strategy\n  table3_code: strategy\n",
        ("messages[narrative-format-hard-to-use].theme", "'strategy'"),
    ),
    Fault(
        "a message about an unknown value",
        "messages.yaml",
        "{meeting_format: [narrative_turns_no_dialogue]}",
        "{meeting_format: [turns]}",
        (".applies_to.meeting_format", "'turns'"),
    ),
    Fault(
        "an unknown role",
        "messages.yaml",
        "  role: caution\n  theme: model_did_not_fit\n  table3_code: strategy\n",
        "  role: warning\n  theme: model_did_not_fit\n  table3_code: strategy\n",
        ("messages[narrative-format-hard-to-use].role", "'warning'"),
    ),
    Fault(
        "an exclusive option nobody has",
        "questionnaire.yaml",
        "exclusive: [pns, not_asked]\n",
        "exclusive: [pns, never]\n",
        ("questions[q1_help_with].exclusive", "'never'"),
    ),
    Fault(
        "one evidence item twice",
        "evidence.yaml",
        "items:\n- id: vederhus-2020\n",
        "items:\n- id: we-pal-2018\n",
        ("items[we-pal-2018]", "twice"),
    ),
    Fault(
        "evidence without a limit",
        "evidence.yaml",
        "  limits:\n",
        "  bounds:\n",
        ("items[vederhus-2020]", "limits is missing"),
    ),
)
