"""docs/matching.md, in English, from the rules and what was measured of them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import override

from groups_catalog.vocabulary import vocabulary
from referral.matching.model import BAND_ORDER, LANES
from referral.matching.rules import Criterion, Role, RuleSet
from referral.matching_doc.measured import KindBalance, Measured, Swing
from referral.menu import wording
from referral.menu.how.criteria import home
from referral.menu.how.prose import passages, said

HEAD = """# How the menu is made

Written by `manage.py write_matching_doc` from the rules, and checked for staleness by
`tests/contract/test_matching_doc.py`. Do not edit it; change the rules and write it anew. The site shows the same,
with every sentence, source and limit, under *How the menu is made*.
"""
CHANGE = """## How to change a rule

1. Change the data: a question in `referral/knowledge/questionnaire.yaml`, a wish in `criteria.yaml`, a text in
   `messages.yaml`, a source in `evidence.yaml`, a catalog attribute in `groups_catalog/vocabulary.yaml`. The head of
   each file explains its lines. Every text stands in English and Bokmål, every rule names its source.
2. Raise `version` in `criteria.yaml` and set `released`: a wording changes the last number, a rule the middle one, a
   renamed id the first. The fingerprint changes by itself.
3. `manage.py check_knowledge` names file, path and reason of the first mistake.
4. Run the stories (`pytest tests/unit tests/property tests/contract`). A story that should change is changed in the
   same commit, with the reason.
5. A new question is sorted under `inputs` or `other` in `referral/menu/how/page.yaml`, so that the page can tell what
   it reads of a person.
6. `manage.py write_matching_doc` measures anew and writes this page. Look at what moved before you commit it.
"""


def document(rules: RuleSet, measured: Measured) -> str:
    """The whole page as Markdown."""
    with override("en"):
        parts = [HEAD, _identity(rules), _in_short(), _bands(), _criteria(rules, measured), _balance(measured)]
        return "\n".join([*parts, _messages(rules), _codes(rules), CHANGE])


def _identity(rules: RuleSet) -> str:
    counts = (
        f"{len(rules.questionnaire.questions)} questions, {len(rules.criteria)} criteria, {len(rules.messages)} "
        f"messages, {len(rules.evidence)} sources, {len(rules.attributes)} catalog attributes"
    )
    return f"Rule set {rules.version}, released {rules.released}, fingerprint `{rules.fingerprint}`: {counts}.\n"


def _in_short() -> str:
    lines = (f"**{passage.title}:** {passage.text}\n" for passage in passages("order"))
    return "\n".join(["## The rules in short\n", *lines])


def _bands() -> str:
    rows = [[str(wording.BANDS[band]), said("bands", band.value)] for band in BAND_ORDER]
    return "## Bands\n\nIn the order the menu shows them.\n\n" + _table(["Band", "When"], rows)


def _criteria(rules: RuleSet, measured: Measured) -> str:
    lead = (
        f"Each weight was doubled and then taken away, one at a time, in the {measured.stories} stories of the "
        "study's respondents. *On*: stories that switch the criterion on. *Doubled*, *dropped*: stories in which a "
        "band or the first place of a lane changed.\n"
    )
    head = ["Criterion", "Stands under", "Weight", "Speaks in", "Lifts only", "On", "Doubled", "Dropped"]
    rows = [_criterion(criterion, measured.criteria[criterion.id], rules) for criterion in rules.criteria]
    return f"## Criteria, weights and sensitivity\n\n{lead}\n{_table(head, rows)}"


def _criterion(criterion: Criterion, swing: Swing, rules: RuleSet) -> list[str]:
    lanes = "all" if criterion.lanes == frozenset(LANES) else ", ".join(x for x in LANES if x in criterion.lanes)
    return [
        f"{criterion.title.en} (`{criterion.id}`)",
        rules.questionnaire.questions[home(criterion)].short.en,
        str(criterion.weight),
        lanes,
        "yes" if all(case.raise_only for case in criterion.cases) else "",
        *(str(number) for number in (swing.on, swing.doubled, swing.dropped)),
    ]


def _balance(measured: Measured) -> str:
    lead = (
        f"Over {measured.sets} made-up sets of answers (fixed seed) and the {measured.groups} groups of the stories: "
        "the median for one group, before the cap on cautions. Only people who had left NA were interviewed, so the "
        "raw cautions fall on 12-step groups; the cap and the benefits beside it are there for that reason.\n"
    )
    rows = [_kind(kind) for kind in measured.balance]
    return f"## Balance of cautions\n\n{lead}\n{_table(['Kind', 'Cautions', 'Benefits', 'Asks'], rows)}"


def _kind(kind: KindBalance) -> list[str]:
    label = vocabulary().attributes["kind"].values[kind.kind].label.en
    return [label, *(f"{number:g}" for number in (kind.cautions, kind.benefits, kind.asks))]


def _messages(rules: RuleSet) -> str:
    rows = [
        [title.en, *(_count(rules, theme, role) for role in Role), _count(rules, theme, None)]
        for theme, title in rules.themes.items()
    ]
    head = ["Theme", *(role.value for role in Role), "for everyone"]
    return f"## Messages\n\nMessages inform; they never move a group.\n\n{_table(head, rows)}"


def _count(rules: RuleSet, theme: str, role: Role | None) -> str:
    """How many of this theme have the role; with no role, how many rest on no answer."""
    of_theme = [message for message in rules.messages.values() if message.theme == theme]
    return str(sum(message.role is role if role else not message.triggers for message in of_theme))


def _codes(rules: RuleSet) -> str:
    rows = [[code.label.en, ", ".join(f"`{message}`" for message in code.messages)] for code in rules.codes]
    return f"## The codes of the article's Table 3\n\n{_table(['Code', 'Messages'], rows)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"
