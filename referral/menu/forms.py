"""The forms that take a group into the tray and put it back: where they lead, and what they send along."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clinics.templatetags.veivalg import icon
from referral.intake.models import Consultation
from referral.menu.lines import drawn, joined

PICK = (
    '<form class="push item__act" id="pick-{}" method="post" action="{}" hx-post="{}" hx-target="this" '
    'hx-swap="outerHTML">\n{}<input type="hidden" name="group" value="{}">\n{}<span class="sr"> {}</span></button>\n'
    "</form>"
)


@dataclass(frozen=True, slots=True)
class View:
    """Which of the menu's pages is looked at: the first twelve, everything, or what is out of reach as well."""

    everything: bool = False
    anyway: bool = False
    page: str = ""

    @property
    def name(self) -> str:
        """What a form sends along, so that the same page comes back."""
        return "anyway" if self.anyway else "all" if self.everything else ""

    @property
    def inputs(self) -> SafeString:
        """The page to come back to, as hidden fields of a form."""
        sent = {"view": self.name, "page": self.page}
        return joined(_hidden(name, value) for name, value in sent.items() if value)


@dataclass(frozen=True, slots=True)
class Forms:
    """Two addresses and two buttons, which are the same for every group."""

    choose: str
    put_back: str
    hidden: SafeString
    choose_button: SafeString
    chosen_button: SafeString

    def pick(self, group: str, name: str, *, chosen: bool) -> SafeString:
        """One button: it takes the group, or puts it back."""
        action, button = (self.put_back, self.chosen_button) if chosen else (self.choose, self.choose_button)
        return drawn(PICK, group, action, action, self.hidden, group, button, name)


def forms(request: HttpRequest, consultation: Consultation, view: View) -> Forms:
    chosen = '<button type="submit" class="btn btn--s btn--on" aria-pressed="true">{}{}'
    return Forms(
        choose=reverse("menu-choose", args=[consultation.pk]),
        put_back=reverse("menu-put-back", args=[consultation.pk]),
        hidden=joined([_hidden("csrfmiddlewaretoken", get_token(request)), view.inputs]),
        choose_button=drawn('<button type="submit" class="btn btn--s" aria-pressed="false">{}', gettext("Choose")),
        chosen_button=drawn(chosen, icon("check"), gettext("Chosen")),
    )


def _hidden(name: str, value: str) -> SafeString:
    return drawn('<input type="hidden" name="{}" value="{}">', name, value)
