"""One form field per question, with the rules of its answers and a clear message for each rule."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from referral.intake.widgets import ManyBoxes, OneRadio, PlaceInput
from referral.matching.rules import Option, Question

NOT_ASKED = "not_asked"
LONGEST_PLACE = 60


class ChoicesField(forms.MultipleChoiceField):
    """A question with options; gives the ids that were chosen."""

    def __init__(self, question: Question, *, language: str, for_client: bool) -> None:
        self.question, self.language = question, language
        options = _options(question, for_client=for_client)
        super().__init__(
            required=False,
            label=question.text.in_language(language),
            help_text=question.help.in_language(language) if question.help else "",
            choices=[(option.id, option.label.in_language(language)) for option in options],
            widget=self._widget(),
        )
        self.why = question.why.in_language(language)
        self.exclusive = question.exclusive

    def _widget(self) -> forms.Widget:
        return OneRadio() if self.question.type == "single" else ManyBoxes()

    def validate(self, value: list[str]) -> None:
        chosen = frozenset(value)
        if not chosen <= self.question.option_ids():
            raise self._error(_("choose among the answers shown."))
        if len(chosen) > 1:
            self._may_stand_together(chosen)

    def _may_stand_together(self, chosen: frozenset[str]) -> None:
        if self.question.type == "single":
            raise self._error(_("choose one answer only."))
        for option in self.question.options:
            if option.id in chosen & self.question.exclusive:
                raise self._error(self._stands_alone(option))
        most = self.question.max_choices
        if most and len(chosen) > most:
            raise self._error(ngettext("choose %(n)d at most.", "choose %(n)d at most.", most) % {"n": most})

    def _stands_alone(self, option: Option) -> str:
        label = option.label.in_language(self.language)
        return _("“%(answer)s” cannot stand together with another answer.") % {"answer": label}

    def _error(self, text: str) -> forms.ValidationError:
        """Names the question, never what was sent."""
        short = self.question.short.in_language(self.language)
        return forms.ValidationError(f"{short}: {text}")


class PlaceField(ChoicesField):
    """A place by name, or one of the two ways not to answer. A place we do not know is a note, not an error."""

    def _widget(self) -> forms.Widget:
        return PlaceInput(self.question.option_ids())

    def to_python(self, value: Iterable[str] | None) -> list[str]:
        return [str(part).strip() for part in value or []]

    def validate(self, value: list[str]) -> None:
        if len(value) > 1:
            raise self._error(_("write one place, or choose one of the other answers."))
        if value and len(value[0]) > LONGEST_PLACE:
            raise self._error(_("the name of a place is enough."))


def _options(question: Question, *, for_client: bool) -> list[Option]:
    """*Not asked* is the professional's word; a client leaves a question by skipping it."""
    return [option for option in question.options if not (for_client and option.id == NOT_ASKED)]
