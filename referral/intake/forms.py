"""The questionnaire as a form, built from the questionnaire's data. Nothing is required."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from referral.intake import branches
from referral.intake.fields import ChoicesField, PlaceField
from referral.intake.stored import StoredAnswers
from referral.intake.widgets import Sent, listed
from referral.matching.rules import Question, Questionnaire

MOST_MARKS = 3
# About the person or the way there, not wishes: no group could fit them better for being marked.
NOT_WISHES = frozenset(
    {"q1_help_with", "q3_stage", "q4_mental_health", "q5_safety_history", "q11_experience", "q12_place"}
)


def can_matter(question: Question) -> bool:
    return question.id not in NOT_WISHES


class StartForm(forms.Form):
    """The token makes a second press of Start open the same consultation."""

    token = forms.UUIDField(widget=forms.HiddenInput)


class IntakeForm(forms.Form):
    """`questions` are those this page may hold; every other answer stays as it is in `stored`."""

    def __init__(
        self,
        data: Sent | None = None,
        *,
        questionnaire: Questionnaire,
        questions: Iterable[Question],
        stored: StoredAnswers,
        for_client: bool = False,
    ) -> None:
        self.questionnaire, self.questions, self.stored = questionnaire, tuple(questions), stored
        initial = {question: sorted(said) for question, said in stored.said().items()}
        super().__init__(data, initial=initial | {"matters": sorted(stored.matters_most)})
        for question in self.questions:
            kind = PlaceField if question.type == "place" else ChoicesField
            self.fields[question.id] = kind(question, language=get_language() or "en", for_client=for_client)
        self.fields["matters"] = forms.MultipleChoiceField(
            required=False,
            choices=[(question.id, question.id) for question in self.questions if can_matter(question)],
            error_messages={"invalid_choice": _("Choose among the marks shown.")},
        )

    def clean(self) -> dict[str, Any]:
        if len(self._marks()) > MOST_MARKS:
            text = ngettext(
                "Mark %(n)d answer at most with “This matters most”.",
                "Mark %(n)d answers at most with “This matters most”.",
                MOST_MARKS,
            )
            self.add_error("matters", text % {"n": MOST_MARKS})
        return self.cleaned_data

    def answers(self) -> StoredAnswers:
        """What is stored, with everything valid on this page put in; an answer with an error stays as it was."""
        self.is_valid()
        shown = [question.id for question in self.questions if self._was_shown(question)]
        said = {question: frozenset(self.cleaned_data[question]) for question in shown}
        answers = self.stored.with_said(said, (question.id for question in self.questions))
        return replace(answers, matters_most=self._marks(), opened=self._opened())

    def _was_shown(self, question: Question) -> bool:
        """Whether the page held the question. A closed branch sends nothing, and that is no answer."""
        if question.id not in self.cleaned_data:
            return False
        if not branches.is_conditional(question):
            return True
        return question.id in self.data or question.id in listed(self.data, "shown")

    def _marks(self) -> frozenset[str]:
        if "matters" not in self.cleaned_data:
            return self.stored.matters_most
        here = {question.id for question in self.questions if self._was_shown(question)}
        return frozenset(self.cleaned_data["matters"]) | (self.stored.matters_most - here)

    def _opened(self) -> frozenset[str]:
        """The branches opened on request: those this page could open, as it says; the others as stored."""
        here = {
            branch.id
            for question in self.questions
            for branch in branches.on_request(self.questionnaire, question.id)
        }
        return frozenset(here & set(listed(self.data, "open"))) | (self.stored.opened - here)
