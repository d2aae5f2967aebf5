"""One fact about one attribute, as a form. *Not known* is an answer like the others: no fact of one's own.

About how people behave nothing is written freely: who told it is a choice, so that nobody is named.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.fact_lines import FactLine
from groups_catalog.models import Basis
from groups_catalog.resolution import ENOUGH_OBSERVERS
from groups_catalog.upkeep.documents import NEW_FACT, Document
from groups_catalog.upkeep.entries.group_form import PlainField
from groups_catalog.upkeep.entries.partial_dates import as_iso
from groups_catalog.upkeep.faults import IMPERSONAL_OF_FACTS, contact_faults, dated_faults
from groups_catalog.vocabulary import Attribute, Inherit
from groups_catalog.wording import here, sources

NOT_KNOWN = "not_known"
RECORDED = "recorded"
BASES = (
    (Basis.STATED.value, _("Stated: the group or its organisation says so")),
    (Basis.OBSERVED.value, _("Observed: somebody has been there and seen it")),
)
TOLD_BY: dict[str, tuple[str, Any, str]] = {
    "visit": ("Visit by staff", _("Staff have visited the group"), Basis.OBSERVED),
    "went": ("Account by somebody who went", _("Somebody who went there has told it"), Basis.OBSERVED),
    "member": ("A member’s own account", _("A member has told it"), Basis.OBSERVED),
    "own": ("The group’s own words", _("The group says so itself"), Basis.STATED),
}
"""Of what people do: the source as it is kept, the choice in words, and the basis that follows from it."""
NEEDED = {
    "basis": _("Say whether it is stated or observed."),
    "source": _("Say where it is known from."),
    "told_by": _("Say who has told it."),
    "observers": _("Say how many have told it."),
}
"""Of every fact but *Not known*, in so far as the attribute asks for it."""
OBSERVERS = (("1", _("One person")), ("2", _("Two or more, independently of each other")))


class OneAnswer(forms.ChoiceField):
    """Gives a list, like its sibling with ticks."""

    def clean(self, value: Any) -> Any:
        return [super().clean(value)]


class FactForm(forms.Form):
    """Drawn for one attribute. `old` is the fact that is changed; None for a new one."""

    dated = PlainField(
        label=_("When was it said or seen?"),
        help_text=_("A year, a month or a day: 2026, 05.2026 or 17.05.2026. Leave it empty if you do not know."),
        widget=forms.TextInput({"class": "field--s", "autocomplete": "off"}),
    )
    unverified = forms.BooleanField(
        label=_("It is said, but not verified"),
        required=False,
        help_text=_("Then it counts as not known until somebody has made sure."),
    )
    replaces = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        attribute: Attribute,
        old: Document | None,
        data: Any = None,
        *,
        of_organisation: bool,
        inherited: Sequence[FactLine] = (),
        follows: bool = False,
        **initial: Any,
    ) -> None:
        """`inherited` holds without a fact of one's own; where it `follows` from the entry, none can be recorded."""
        super().__init__(data, initial={**_shown(attribute, old), **initial})
        self.attribute, self.old, self.follows = attribute, old, follows
        self.fields["answer"] = _answer_field(attribute, inherited)
        self.fields.update(_people_fields(old) if attribute.about_people else _written_fields())
        if of_organisation and attribute.inherit is not Inherit.NEVER:
            self.fields["inherit"] = forms.BooleanField(
                label=_("It holds for the groups of the organisation as well"), required=False
            )
        self.order_fields(["answer", "told_by", "observers", "basis", "source", "dated"])

    def clean_answer(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["answer"]
        if NOT_KNOWN in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("“Not known” cannot stand together with another answer."))
        if self.follows and chosen != [NOT_KNOWN]:
            told = _("The entry answers this. Change it there. “Not known” takes this fact away.")
            raise forms.ValidationError(told)
        return chosen

    def clean_dated(self) -> str:
        dated = as_iso(self.cleaned_data["dated"])
        if wrong := list(dated_faults(dated, timezone.localdate())):
            raise forms.ValidationError(wrong)
        return dated

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") in (None, [NOT_KNOWN]):
            return said
        needed = [name for name in NEEDED if name in self.fields]
        if said.get("told_by") == "own":
            needed.remove("observers")
        for name in needed:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, NEEDED[name])
        for name in IMPERSONAL_OF_FACTS:
            text = said.get(name, "")
            if text != (self.old or NEW_FACT)[name] and (wrong := list(contact_faults(text))):
                self.add_error(name, wrong)
        return said

    def entry(self, recorded_by: int) -> Document | None:
        """The fact as it is to stand; None for *Not known*. Unchanged, it keeps who recorded it."""
        said = self.cleaned_data
        if said["answer"] == [NOT_KNOWN]:
            return None
        before = self.old or NEW_FACT
        after = {**before, **self._common(), **(self._told() if self.attribute.about_people else self._written())}
        if after == self.old:
            return after
        kept_note = {} if not self.attribute.about_people else {"note_en": "", "note_nb": ""}
        return {**after, **kept_note, "recorded_by": recorded_by}

    def _common(self) -> Document:
        said = self.cleaned_data
        travels = {"inherit": said["inherit"]} if "inherit" in self.fields else {}
        common = {"values": sorted(said["answer"]), "dated": said["dated"], "unverified": said["unverified"]}
        return {**common, **travels}

    def _written(self) -> Document:
        return {name: self.cleaned_data[name] for name in ("basis", "source", "note_en", "note_nb")}

    def _told(self) -> Document:
        before = self.old or NEW_FACT
        told_by = self.cleaned_data["told_by"]
        source, basis = (before["source"], before["basis"]) if told_by == RECORDED else _kept(told_by)
        several = max(ENOUGH_OBSERVERS, before["observers"])
        return {
            "source": source,
            "basis": basis,
            "observers": several if self.cleaned_data["observers"] == "2" else 1,
        }


def _kept(told_by: str) -> tuple[str, str]:
    source, _words, basis = TOLD_BY[told_by]
    return source, basis


def _answer_field(attribute: Attribute, inherited: Sequence[FactLine]) -> forms.Field:
    choices: list[tuple[str, Any]] = [(value.id, here(value.says)) for value in attribute.values.values()]
    kind, widget = (
        (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
        if attribute.many
        else (OneAnswer, forms.RadioSelect)
    )
    not_there = _("Choose among the answers shown.")
    field = kind(
        label=here(attribute.question),
        choices=[*choices, (NOT_KNOWN, _("Not known"))],
        widget=widget({"column": True}),
        help_text=" ".join(_about_the_answers(attribute, inherited)),
        error_messages={
            "required": _("Choose an answer, or “Not known”."),
            "invalid_choice": not_there,
            "invalid_list": not_there,
        },
    )
    # Read by the field's template.
    field.why = here(attribute.why)  # type: ignore[union-attr]
    field.exclusive = {NOT_KNOWN}  # type: ignore[union-attr]
    return field


def _about_the_answers(attribute: Attribute, inherited: Sequence[FactLine]) -> Iterator[str]:
    if attribute.many:
        yield gettext("Tick all that are true.")
    if inherited:
        words = " ".join(says for line in inherited for says in line.says)
        yield gettext("With “Not known”, what is inherited holds: {words}").format(words=words)


def _written_fields() -> dict[str, forms.Field]:
    return {
        "basis": forms.ChoiceField(
            label=_("How is it known?"),
            choices=BASES,
            widget=forms.RadioSelect({"column": True}),
            required=False,
            help_text=_("Stated and observed may stand beside each other. What was observed goes first."),
        ),
        "source": PlainField(
            label=_("Where is it known from?"),
            help_text=_("A page, a leaflet, a call, a visit. An address becomes a link. Name nobody."),
            widget=forms.TextInput({"class": "field--w"}),
        ),
        "note_en": PlainField(label=_("Note, in English"), rows=2),
        "note_nb": PlainField(label=_("Note, in Norwegian"), rows=2),
    }


def _people_fields(old: Document | None) -> dict[str, forms.Field]:
    choices = [(name, words) for name, (_source, words, _basis) in TOLD_BY.items()]
    if _told_by(old) == RECORDED and old:
        choices.append((RECORDED, ", ".join(source.words for source in sources(old["source"]))))
    return {
        "told_by": forms.ChoiceField(
            label=_("Who reported it?"),
            choices=choices,
            widget=forms.RadioSelect({"column": True}),
            required=False,
            help_text=_("This is about how people behave. So there is no room for free text, and nobody is named."),
        ),
        "observers": forms.ChoiceField(
            label=_("How many people have told this independently of each other?"),
            choices=OBSERVERS,
            widget=forms.RadioSelect,
            required=False,
            help_text=_("What one person has told is shown as “Reported once”."),
        ),
    }


def _told_by(old: Document | None) -> str:
    if old is None:
        return ""
    known = ((name, source, basis) for name, (source, _words, basis) in TOLD_BY.items())
    return next((name for name, *kept in known if kept == [old["source"], old["basis"]]), RECORDED)


def _shown(attribute: Attribute, old: Document | None) -> dict[str, Any]:
    if old is None:
        return {"inherit": True, "answer": [NOT_KNOWN] if attribute.many else NOT_KNOWN}
    return {
        **{name: value for name, value in old.items() if name not in {"values", "observers", "recorded_by"}},
        "answer": old["values"] if attribute.many else old["values"][0],
        "told_by": _told_by(old),
        "observers": "2" if old["observers"] >= ENOUGH_OBSERVERS else "1",
    }
