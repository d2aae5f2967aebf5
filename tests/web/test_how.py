"""How the menu is made: everything the rules hold stands there, in both languages, and nothing is typed twice."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from referral.knowledge import rules
from referral.matching import recommend
from referral.matching.model import Answers, Band, Fact, Group
from referral.matching.rules import Case, Criterion, Read, Text, Trigger, Verdict
from referral.matching_doc.measured import measured
from referral.menu.how import criteria, how_page, links, personal, prose, sensitivity
from referral.menu.how.sentences import case_sentence
from tests.factories import signed_in_client

LANGUAGES = ["en", "nb"]
NEEDS_PEOPLE = {
    "needs-clients",
    "needs-professionals",
    "review-clients",
    "review-professionals",
    "field-clients",
    "field-clinicians",
    "values-match",
    "knowledge",
}


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, db: None) -> str:
    """The page in one language, as a browser reads it."""
    return page_in(request.param)


def page_in(language: str) -> str:
    client = signed_in_client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse("how"))
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def readable(text: Text | None, language: str) -> str:
    """A text as the page gives it: with readable names where it was written with ids."""
    with override(language):
        return spaced("".join(piece.words for piece in links.known_ids(text))) if text else ""


def language_of(page: str) -> str:
    found = re.search(r'<html lang="(\w+)"', page)
    assert found
    return found.group(1)


def ids_of(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


@pytest.mark.django_db
def test_only_members_see_the_page(client: Client) -> None:
    answer = client.get(reverse("how"))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.django_db
def test_the_page_is_only_read() -> None:
    assert signed_in_client().post(reverse("how")).status_code == 405


def test_the_page_has_one_heading_one_and_no_inline_style_or_script(page: str) -> None:
    assert page.count("<h1>") == 1
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_headings_never_skip_a_level(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_rule_has_its_anchor(page: str) -> None:
    known = rules()
    wanted = {f"criterion-{criterion.id}" for criterion in known.criteria}
    wanted |= {f"message-{message}" for message in known.messages}
    wanted |= {f"evidence-{item}" for item in known.evidence}
    wanted |= {f"question-{question}" for question in known.questionnaire.questions}
    assert wanted <= set(ids_of(page))


def test_no_anchor_stands_twice_and_every_link_on_the_page_leads_somewhere(page: str) -> None:
    ids = ids_of(page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_criterion_stands_with_weight_reason_limits_and_section(page: str) -> None:
    language, words = language_of(page), words_of(page)
    for criterion in rules().criteria:
        block = page.split(f'id="criterion-{criterion.id}"')[1].split("</article>", maxsplit=1)[0]
        said = words_of(block)
        assert spaced(criterion.title.in_language(language)) in said
        assert str(criterion.weight) in said
        assert spaced(criterion.weight_reason.in_language(language)) in said
        assert spaced(criterion.limits.in_language(language)) in said
        assert criterion.section == "-" or criterion.section in said
        assert all(f"#evidence-{item}" in block for item in criterion.evidence)
    assert words.count("f − c") == 1


def test_every_message_stands_with_both_texts_its_step_and_its_source(page: str) -> None:
    language = language_of(page)
    for message in rules().messages.values():
        block = page.split(f'id="message-{message.id}"')[1].split("</article>", maxsplit=1)[0]
        said = words_of(block)
        for text in (message.client, message.clinician, message.mitigation, message.note):
            assert readable(text, language) in said
        assert spaced(message.section) in said
        assert all(f"#evidence-{item}" in block for item in message.evidence)


def test_every_source_stands_with_its_limits_and_its_address(page: str) -> None:
    language = language_of(page)
    for item in rules().evidence.values():
        block = page.split(f'id="evidence-{item.id}"')[1].split("</details>", maxsplit=1)[0]
        said = words_of(block)
        for text in (item.finding, item.limits, item.consequence, item.design, item.numbers, item.seen_as):
            assert readable(text, language) in said
        for address in re.findall(r"https?://[^\s;)]+", " ".join(item.source)):
            assert f'href="{address}" rel="noreferrer"' in unescape(block)


def test_counter_evidence_leads_to_what_it_speaks_against(page: str) -> None:
    article = page.split('id="evidence-vederhus-2020"')[1].split("</details>", maxsplit=1)[0]
    assert 'href="#evidence-we-cochrane-2020"' in article
    assert "we-cochrane-2020" not in words_of(article)


def test_the_rule_set_says_who_it_is_and_that_nobody_has_approved_it(page: str) -> None:
    words = words_of(page)
    assert rules().version in words
    assert rules().fingerprint in words
    assert any(said in words for said in ("Not yet done. No named editor", "Ikke gjort ennå. Ingen navngitt"))


def test_nothing_is_left_to_be_filled_in(page: str) -> None:
    assert not re.findall(r"\{[a-z_]*\}", words_of(page))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_how_long_answers_live_in_this_installation(language: str, settings: Settings) -> None:
    settings.IDLE_MINUTES = 33
    kept = {"en": "After 33 minutes without use", "nb": "Etter 33 minutter uten bruk"}
    assert kept[language] in words_of(page_in(language))


def texts_in(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if {"en", "nb"} & node.keys():
            yield node
        else:
            yield from (text for value in node.values() for text in texts_in(value))
    elif isinstance(node, list):
        yield from (text for value in node for text in texts_in(value))


@pytest.mark.parametrize("file", ["page.yaml", "decision_aid.yaml"])
def test_every_text_of_the_page_stands_in_both_languages_and_whole(file: str) -> None:
    texts = list(texts_in(yaml.safe_load((prose.FOLDER / file).read_text("utf-8"))))
    assert len(texts) > 30
    for text in texts:
        assert set(text) == {"en", "nb"}
        assert all(isinstance(words, str) and words.strip() for words in text.values())


def test_a_criterion_reads_aloud_in_both_languages() -> None:
    asked = Case(
        triggers=(Trigger("q7_format", frozenset({"dialogue"})),),
        reads=(
            Read(
                "meeting_format",
                fits=frozenset({"dialogue_feedback"}),
                partly=frozenset({"mixed", "course"}),
                conflicts=frozenset({"narrative_turns_no_dialogue"}),
            ),
            Read("change_strategy", fits=frozenset({"dialogue_feedback"}), stands_in=True),
        ),
    )
    with override("en"):
        assert case_sentence(asked) == (
            "When the client answered “To talk together and get answers” (Suits best): a group fits if “What happens "
            "in a meeting” is “Conversation with answers”. It partly fits if it is “Course” or “A bit of each”. It "
            "does not fit if it is “Speaking in turn, no comments”. If that is not known or gives no answer: a group "
            "partly fits if “How people work on change” is “Talk and feedback”. This is written, not seen, so it "
            "gives “partly” at most."
        )
    with override("nb"):
        assert case_sentence(asked).startswith("Når personen svarte «Å snakke sammen og få svar» (Passer best): en")


def test_an_answer_that_can_only_lift_says_so() -> None:
    case = next(case for c in rules().criteria if c.id == "trauma_practice" for case in c.cases)
    with override("en"):
        assert "never against a group" in case_sentence(case)


def test_a_criterion_stands_under_the_question_its_first_case_asks() -> None:
    homes = {criterion.id: criteria.home(criterion) for criterion in rules().criteria}
    assert homes["day_counting"] == "q9_avoid"
    assert homes["faith"] == "q10_belief"
    assert homes["discreet_venue"] == "q9_avoid"


def test_every_criterion_stands_under_exactly_one_question() -> None:
    with override("en"):
        shown = [c.id for group in how_page().questions for question in group.questions for c in question.criteria]
    assert sorted(shown) == sorted(criterion.id for criterion in rules().criteria)


def test_every_question_is_sorted_by_what_it_tells_of_a_person() -> None:
    assert personal.unsorted_questions() == ()


def test_a_new_question_nobody_has_sorted_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    known = rules()
    new = replace(known.questionnaire.questions["q2_goal"], id="q13_origin", short=Text("Origin", "Opphav"))
    questionnaire = replace(known.questionnaire, questions={**known.questionnaire.questions, "q13_origin": new})
    monkeypatch.setattr(personal, "rules", lambda: replace(known, questionnaire=questionnaire))
    with override("nb"):
        assert personal.unsorted_questions() == ("Opphav",)


@pytest.mark.parametrize(
    ("number", "reads_it"), [(5, False), (6, False), (7, True), (8, True), (9, True), (13, True)]
)
def test_what_is_read_of_a_person_is_worked_out_from_the_rules(number: int, reads_it: bool) -> None:
    with override("en"):
        attribute = personal.source_attributes()[number - 1]
    assert attribute.number == number
    assert bool(attribute.read) is reads_it
    assert attribute.answer.startswith("No.") is not reads_it


def test_an_answer_counts_as_read_once_a_rule_reads_it() -> None:
    known = rules()
    assert "q12_access.release_terms" not in personal.pairs_read(known)
    case = Case((Trigger("q12_access", frozenset({"release_terms"})),), (Read("cost", frozenset({"free"})),))
    planted: Criterion = replace(known.criteria[0], cases=(case,))
    assert "q12_access.release_terms" in personal.pairs_read(replace(known, criteria=(*known.criteria, planted)))


def test_the_wish_for_one_gender_is_never_read_from_the_safety_question() -> None:
    with override("en"):
        gender = personal.source_attributes()[8]
    assert any("Feeling safe" in line for line in gender.unread)


def test_what_only_people_can_test_is_not_yet_done() -> None:
    points = {
        p.word("id"): p.word("status") for b in prose.decision_aid_file().items("blocks") for p in b.items("points")
    }
    assert {point for point in NEEDS_PEOPLE if points[point] != "not_yet"} == set()


FITS, PARTLY, UNKNOWN, CONFLICTS = Verdict.FITS, Verdict.PARTLY, Verdict.NOT_KNOWN, Verdict.CONFLICTS
JUDGED_BY = ("meeting_format", "spirituality", "day_counting", "touch_custom", "change_strategy")


def band_of(*verdicts: Verdict, matters_most: bool = False) -> Band:
    """The band the engine gives one group with exactly these verdicts, each on a criterion of weight 1."""
    known = rules()
    facts, wishes = {}, []
    for attribute, verdict in zip(JUDGED_BY, verdicts, strict=False):
        fits, partly, conflicts = ({value} for value in known.attributes[attribute].values[:3])
        read = Read(attribute, frozenset(fits), frozenset(partly), frozenset(conflicts))
        case = Case((Trigger("q2_goal", frozenset({"unsure"})),), (read,))
        wishes.append(replace(known.criteria[0], id=attribute, weight=1, cases=(case,)))
        if verdict is not UNKNOWN:
            value = known.attributes[attribute].values[(FITS, PARTLY, CONFLICTS).index(verdict)]
            facts[attribute] = Fact(frozenset({value}))
    answers = Answers({"q2_goal": frozenset({"unsure"})}, frozenset({"q2_goal"} if matters_most else ()))
    group = Group("only", "The only one", facts=facts)
    menu = recommend(answers, [group], replace(known, criteria=tuple(wishes)), today=date(2026, 11, 22), seed=1)
    return menu.entries[0].band


@pytest.mark.parametrize(
    ("verdicts", "band"),
    [
        # The limits as page.yaml tells them: 1/2, 1/4, 0.
        ((FITS, UNKNOWN), Band.FITS_SOME),
        ((FITS, FITS, UNKNOWN), Band.FITS_MOST),
        ((FITS, UNKNOWN, UNKNOWN, UNKNOWN), Band.FITS_SOME),
        ((PARTLY, UNKNOWN, UNKNOWN), Band.NOT_YET_KNOWN),
        ((FITS, CONFLICTS), Band.FITS_SOME),
        ((PARTLY, CONFLICTS), Band.FITS_FEW),
        ((), Band.NOT_RANKED),
    ],
)
def test_the_bands_are_what_the_page_says(verdicts: tuple[Verdict, ...], band: Band) -> None:
    assert band_of(*verdicts) is band


def test_what_matters_most_keeps_a_group_out_of_the_first_band() -> None:
    verdicts = (FITS, FITS, FITS, FITS, CONFLICTS)
    assert band_of(*verdicts) is Band.FITS_MOST
    assert band_of(*verdicts, matters_most=True) is Band.FITS_SOME


def test_figures_of_older_rules_are_marked_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensitivity, "measured", lambda: replace(measured(), fingerprint="0ld"))
    with override("en"):
        assert "fingerprint 0ld" in sensitivity.sensitivity().stale


def test_a_criterion_that_was_never_measured_has_no_line() -> None:
    assert sensitivity.sensitivity_of("not-there") == ""


def test_a_source_with_two_addresses_has_two_links() -> None:
    pieces = links.source_pieces("https://a.example/one (abstract); https://www.b.example/x/two.html")
    assert [piece.address for piece in pieces if piece.address] == [
        "https://a.example/one",
        "https://www.b.example/x/two.html",
    ]
    assert [piece.words for piece in pieces] == ["a.example (one)", " (abstract); ", "b.example (two.html)"]


def test_ids_in_a_text_become_names() -> None:
    with override("nb"):
        pieces = links.known_ids(Text("", "Se touch_custom, q12_gender og we-cochrane-2020, ikke e-post."))
    assert "".join(piece.words for piece in pieces) == (
        "Se «Klemmer og berøring», «I rommet» og AA og tolvtrinnsfasilitering mot annen behandling, ikke e-post."
    )
    assert [piece.address for piece in pieces if piece.address] == [
        "#question-q12_gender",
        "#evidence-we-cochrane-2020",
    ]
