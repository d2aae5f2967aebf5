"""Catalog and answers files that are wrong, one mistake in each, and what has to be said of it."""

from typing import Any

SAID = {
    "answers": {
        "q1_help_with": ["alcohol"],
        "q5_safety_history": ["pns"],
        "q7_format": ["dialogue", "activity"],
        "q9_avoid": ["touch", "speaking"],
        "q12_times": ["evening"],
    },
    "matters_most": ["q9_avoid.touch"],
}
ONE_GROUP = {
    "id": "valley",
    "label": "Valley group",
    "lane": "addiction",
    "organisation": "na",
    "attributes": {"kind": "twelve_step_fellowship", "language": ["nb", "en"]},
    "facts": {
        "touch_custom": {"value": "ask_first", "basis": "observed", "source": "visit", "observed_on": "2026-05"}
    },
    "meetings": [{"weekday": "tuesday", "start": "18:30"}],
    "access": {"step_free": True, "hearing": "unknown", "members": "everyone"},
    "km_away": 12.5,
}


def group(**changed: Any) -> dict[str, Any]:
    return {"groups": [{**ONE_GROUP, **changed}]}


BAD_CATALOGS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "an empty file": ("", ("is not a group of key: value lines",)),
    "bad YAML": ("groups: [\n  - id: a\n", ("line ",)),
    "bad JSON": ('{"groups": [{"id": "a",,}]}', ("line 1",)),
    "no groups": ({"note": "none"}, ("groups is missing",)),
    "groups that are no list": ({"groups": {"id": "a"}}, ("groups", "is not a list")),
    "a group that is a word": ({"groups": ["na"]}, ("groups[0]",)),
    "a group without an id": ({"groups": [{"label": "a", "lane": "addiction"}]}, ("groups[0]", "id is missing")),
    "an id that is a number": (group(id=5), ("groups[5].id", "not text")),
    "a group without a label": ({"groups": [{"id": "a", "lane": "addiction"}]}, ("groups[a]", "label is missing")),
    "an unknown attribute": (
        group(attributes={"mood": "good"}),
        ("groups[valley].attributes.mood", "no such attribute"),
    ),
    "an unknown value": (group(attributes={"mode": "by_post"}), ("groups[valley].attributes.mode", "'by_post'")),
    "an unknown value in a list": (group(attributes={"language": ["nb", "xx"]}), ("attributes.language", "'xx'")),
    "an unknown value of a fact": (group(facts={"mode": {"value": "by_post"}}), ("facts.mode.value", "'by_post'")),
    "a fact without a value": (
        group(facts={"mode": {"source": "us"}}),
        ("groups[valley].facts.mode", "value is missing"),
    ),
    "an unknown basis": (
        group(facts={"mode": {"value": "online", "basis": "heard"}}),
        ("facts.mode.basis", "'heard'"),
    ),
    "a date that is none": (
        group(facts={"mode": {"value": "online", "observed_on": "May"}}),
        ("observed_on", "'May'"),
    ),
    "an unknown lane": (group(lane="family"), ("groups[valley].lane", "'family'")),
    "one id twice": ({"groups": [ONE_GROUP, ONE_GROUP]}, ("groups[valley]", "used twice")),
    "an unknown key": (group(place="town"), ("groups[valley]", "'place'")),
    "an unknown key at the top": ({"groups": [], "groop": 1}, ("'groop'",)),
    "an unknown key of a fact": (group(facts={"mode": {"value": "online", "by": "me"}}), ("facts.mode", "'by'")),
    "a bad weekday": (
        group(meetings=[{"weekday": "someday", "start": "18:00"}]),
        ("meetings[0].weekday", "'someday'"),
    ),
    "an eighth weekday": (group(meetings=[{"weekday": 7, "start": "18:00"}]), ("meetings[0].weekday", "7")),
    "a bad time": (group(meetings=[{"weekday": 1, "start": "25:00"}]), ("meetings[0].start", "not a time")),
    "a meeting without a time": (group(meetings=[{"weekday": 1}]), ("meetings[0]", "start is missing")),
    "kilometres below zero": (group(km_away=-1), ("groups[valley].km_away", "below zero")),
    "kilometres in words": (group(km_away="far"), ("groups[valley].km_away", "not a number")),
    "unknown access": (group(access={"step_free": "perhaps"}), ("groups[valley].access.step_free", "true, false")),
    "an unknown access need": (group(access={"lift": True}), ("groups[valley].access", "'lift'")),
    "unknown members": (group(access={"members": "children"}), ("groups[valley].access.members", "'children'")),
    "a key written twice": ("groups: []\ngroups: []\n", ("groups is written twice",)),
}
BAD_ANSWERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "an empty file": ("", ("is not a group of key: value lines",)),
    "bad YAML": ("answers: {q2_goal: [\n", ("line ",)),
    "bad JSON": ('{"answers": {"q2_goal": ["unsure"]', ("line ",)),
    "a list": ([SAID], ("is not a group of key: value lines",)),
    "answers that are a list": ({"answers": ["q2_goal"]}, ("answers", "is not a group")),
    "an unknown key": ({"answer": {}}, ("'answer'",)),
    "an unknown question": ({"answers": {"q99": ["yes"]}}, ("answers.q99", "no such question")),
    "an unknown option": ({"answers": {"q2_goal": ["be_happy"]}}, ("answers.q2_goal", "'be_happy'")),
    "an option that is a number": ({"answers": {"q2_goal": [1.5]}}, ("answers.q2_goal", "1.5")),
    "two options where one is asked": (
        {"answers": {"q2_goal": ["unsure", "abstain_all"]}},
        ("answers.q2_goal", "takes one"),
    ),
    "none beside another": ({"answers": {"q9_avoid": ["none", "touch"]}}, ("answers.q9_avoid", "'none'")),
    "a skip beside an answer": ({"answers": {"q9_avoid": ["pns", "touch"]}}, ("answers.q9_avoid", "'pns'")),
    "too many choices": (
        {"answers": {"q7_format": ["dialogue", "course", "activity"]}},
        ("answers.q7_format", "at most 2"),
    ),
    "four that matter most": (
        {"answers": {}, "matters_most": ["q2_goal", "q7_format", "q8_structure", "q10_belief"]},
        ("matters_most", "at most 3"),
    ),
    "an unknown mark": ({"answers": {}, "matters_most": ["q99"]}, ("matters_most", "'q99'")),
    "a mark on an unknown option": (
        {"answers": {}, "matters_most": ["q2_goal.joy"]},
        ("matters_most", "'q2_goal.joy'"),
    ),
}
