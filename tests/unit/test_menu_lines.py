"""Lines drawn without a template escape whatever is not HTML already."""

from django.utils.safestring import SafeString

from referral.menu.lines import drawn, joined

EVIL = "<script>alert('x')</script>"


def test_what_is_put_in_is_escaped_and_what_is_safe_stays() -> None:
    assert drawn("<b>{}</b>{}", EVIL, SafeString("<i>")) == (
        "<b>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</b><i>"
    )


def test_braces_in_what_is_put_in_are_only_braces() -> None:
    assert drawn("<b>{}</b>", "{0} {name}") == "<b>{0} {name}</b>"


def test_what_is_drawn_and_joined_is_not_escaped_again() -> None:
    assert isinstance(joined([drawn("<i>{}</i>", "&")]), SafeString)
    assert drawn("{}", joined([drawn("<i>{}</i>", "&")])) == "<i>&amp;</i>"
