"""A menu → JSON (design §8) or plain text."""

import json
from typing import Any

from referral.matching.model import Ask, Change, Entry, Finding, Group, Menu, Move
from referral.matching.rules import RuleSet
from referral.offline.wording import BANDS, LANES, why_out_of_reach


def as_json(menu: Menu, rules: RuleSet, language: str) -> str:
    return json.dumps(as_data(menu, rules, language), ensure_ascii=False, indent=2)


def as_data(menu: Menu, rules: RuleSet, language: str) -> dict[str, Any]:
    """The menu in the shape other programs rely on."""
    general = menu.general
    return {
        "ruleset": {"version": menu.version, "fingerprint": menu.fingerprint},
        "seed": menu.seed,
        "today": menu.today.isoformat(),
        "entries": [_entry(entry, rules, language) for entry in menu.entries],
        "out_of_reach": [
            {"group": greyed.group, "reason": why_out_of_reach(greyed, language)} for greyed in menu.out_of_reach
        ],
        "general": {
            "cautions": list(general.cautions),
            "benefits": list(general.benefits),
            "advice": list(general.advice),
            "clinician": list(general.clinician),
        },
        "not_used": list(menu.not_used),
    }


def _entry(entry: Entry, rules: RuleSet, language: str) -> dict[str, Any]:
    return {
        "groups": list(entry.groups),
        "lane": entry.lane,
        "band": entry.band.value,
        "place": entry.place,
        "pinned": entry.pinned,
        "findings": [_finding(finding) for finding in entry.findings],
        "cautions": list(entry.cautions),
        "benefits": list(entry.benefits),
        "shown": list(entry.shown),
        "asks": [_ask(ask, rules, language) for ask in entry.asks],
        "moves": [_move(move, entry) for move in entry.moves],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "verdict": finding.verdict.value,
        "answers": list(finding.answers),
        "attribute": finding.attribute,
        "value": _value(finding.values),
        "basis": finding.basis,
        "observed_on": finding.observed_on,
        "weight": finding.weight,
        "evidence": list(finding.evidence),
    }


def _value(values: tuple[str, ...]) -> str | list[str] | None:
    if len(values) == 1:
        return values[0]
    return list(values) or None


def _ask(ask: Ask, rules: RuleSet, language: str) -> dict[str, str]:
    told = {"attribute": ask.attribute, "text": rules.attributes[ask.attribute].question.in_language(language)}
    return {**told, "message": ask.message} if ask.message else told


def _move(move: Move, entry: Entry) -> dict[str, Any]:
    return {"change": _change(move.change, entry), "band": move.band.value, "place": move.place}


def _change(change: Change, entry: Entry) -> dict[str, Any]:
    """A fact change holds for every group of the entry; an answer change gives the question's new options."""
    if change.kind == "fact":
        return {"fact": change.subject, "value": _value(change.values), "groups": list(entry.groups)}
    return {"answer": change.subject, "options": list(change.values)}


def as_text(menu: Menu, groups: dict[str, Group], rules: RuleSet, language: str) -> str:
    """A page to read: lanes, bands, entries with reasons, and what is left out."""
    lines = [f"{rules.questionnaire.title.in_language(language)} · {menu.version} · {menu.fingerprint} · {menu.seed}"]
    for lane in menu.lanes:
        entries = [entry for entry in menu.entries if entry.lane == lane]
        if entries:
            lines += ["", LANES[lane].in_language(language).upper()]
        for entry in entries:
            lines += _entry_lines(entry, groups, rules, language)
    lines += ["", *(f"– {groups[g.group].label}: {why_out_of_reach(g, language)}" for g in menu.out_of_reach)]
    return "\n".join(lines).rstrip() + "\n"


def _entry_lines(entry: Entry, groups: dict[str, Group], rules: RuleSet, language: str) -> list[str]:
    titles = {criterion.id: criterion.title for criterion in rules.criteria}
    marks = {"fits": "+", "partly": "~", "conflicts": "-", "not_known": "?"}
    names = " · ".join(groups[group].label for group in entry.groups)
    return [
        "",
        f"{entry.place}. {names} ({BANDS[entry.band].in_language(language)})",
        *(f"   {marks[f.verdict.value]} {titles[f.criterion].in_language(language)}" for f in entry.findings),
        *(f"   ! {rules.messages[shown].client.in_language(language)}" for shown in entry.shown),
        *(f"   ? {rules.attributes[ask.attribute].question.in_language(language)}" for ask in entry.asks[:3]),
    ]
