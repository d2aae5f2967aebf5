"""allauth's forms with our labels, and without the placeholders that repeat them."""

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    "login": (_("Username"), _("Enter your username")),
    "password": (_("Password"), _("Enter your password")),
    "oldpassword": (_("Password now"), _("Enter the password you have now")),
    "password1": (_("New password"), _("Enter a new password")),
    "password2": (_("New password once more"), _("Enter the new password once more")),
}


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields)
        self.fields["password1"].help_text = _("At least 12 characters. A short sentence works well.")


def reword(fields: dict[str, forms.Field]) -> None:
    """Gives each field our label and our sentence for an empty one."""
    for name, field in fields.items():
        field.label, field.error_messages["required"] = WORDS[name]
        field.widget.attrs.pop("placeholder", None)
