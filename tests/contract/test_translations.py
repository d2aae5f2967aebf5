"""The Norwegian interface is whole: every word collected, translated, compiled, and shown."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

ROOT = Path(settings.BASE_DIR)
TEXTS = ROOT / "locale" / "nb" / "LC_MESSAGES" / "django.po"
COMPILED = TEXTS.with_suffix(".mo")
COLLECTED_FROM = ("clinics", "config", "groups_catalog", "referral", "templates", "locale")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%%")
ENGLISH_WORDS = {
    *("the", "and", "is", "your", "sign", "username", "password", "enter", "forgotten", "ask", "skip", "content"),
    *("clinic", "clinician", "curator", "administrator", "invented", "people"),
}
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+lang=\"en\"[^>]*>[^<]*<|<[^>]+>", re.DOTALL)


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="nb", domain="django", abort_invalid=True)


def entries(texts: Catalog) -> list[Message]:
    return [message for message in texts if message.id]


def as_forms(words: str | Sequence[str]) -> tuple[str, ...]:
    """The singular and the plural, or the one form there is."""
    return (words,) if isinstance(words, str) else tuple(words)


def keys(texts: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(message.context, as_forms(message.id)) for message in entries(texts)}


def translated(texts: Catalog) -> dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]]:
    return {(message.context, as_forms(message.id)): as_forms(message.string) for message in entries(texts)}


def unlike_placeholders(message: Message) -> Iterator[str]:
    """Each Norwegian form holds what its English form holds; the singular may spell out a number."""
    english = as_forms(message.id)
    for number, words in enumerate(as_forms(message.string)):
        wanted, found = (Counter(PLACEHOLDER.findall(text)) for text in (english[number], words))
        if wanted != found:
            yield f"{english[number]!r}: {sorted(wanted)} became {sorted(found)}"


def unlike_edges(message: Message) -> Iterator[str]:
    """A space at an edge joins the text to the next one."""
    for english, words in zip(as_forms(message.id), as_forms(message.string), strict=True):
        if (english[0].isspace(), english[-1].isspace()) != (words[0].isspace(), words[-1].isspace()):
            yield repr(english)


def untranslated(texts: Catalog) -> list[str]:
    return [
        as_forms(message.id)[0] for message in entries(texts) if message.fuzzy or not all(as_forms(message.string))
    ]


def a_catalog(english: str, norwegian: str, *, fuzzy: bool = False) -> Catalog:
    texts = Catalog(locale="nb")
    texts.add(english, norwegian, flags=["fuzzy"] if fuzzy else [])
    return texts


def test_every_text_is_translated_and_none_is_a_guess() -> None:
    assert untranslated(catalog(TEXTS)) == []


def test_an_empty_and_a_guessed_translation_are_found() -> None:
    assert untranslated(a_catalog("Choose", "")) == ["Choose"]
    assert untranslated(a_catalog("Choose", "Velg", fuzzy=True)) == ["Choose"]


def test_both_plural_forms_are_filled() -> None:
    plurals = [message for message in entries(catalog(TEXTS)) if isinstance(message.id, tuple)]
    assert plurals
    assert [message.id for message in plurals if len(as_forms(message.string)) != 2] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    assert [fault for message in entries(catalog(TEXTS)) for fault in unlike_placeholders(message)] == []


def test_a_lost_placeholder_is_found() -> None:
    assert list(unlike_placeholders(Message("place {place}", "plass"))) == ["'place {place}': ['{place}'] became []"]


def test_spaces_at_the_edges_are_the_same_in_both_languages() -> None:
    assert [fault for message in entries(catalog(TEXTS)) for fault in unlike_edges(message)] == []


def test_no_text_keeps_english_quotation_marks() -> None:
    texts = [words for message in entries(catalog(TEXTS)) for words in as_forms(message.string)]
    assert [words for words in texts if set(words) & set("“”’")] == []


def test_the_header_says_bokmal_and_names_nobody() -> None:
    head = TEXTS.read_text(encoding="utf-8").partition("\n\n")[0]
    assert '"Language: nb\\n"' in head
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in head
    assert "@" not in head
    assert "fuzzy" not in head


def test_the_compiled_texts_are_those_of_the_po_file() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalog(TEXTS))
    fresh.seek(0)
    with COMPILED.open("rb") as file:
        stored = read_mo(file)
    assert translated(stored) == translated(read_mo(fresh)), "make texts compiles them anew"


def test_the_texts_are_those_the_code_and_the_templates_hold(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        reason = "gettext is not installed here, so nothing can be collected anew"
        pytest.fail(reason) if "CI" in os.environ else pytest.skip(reason)
    assert keys(collected_anew(tmp_path)) == keys(catalog(TEXTS)), "make texts collects them anew"


def collected_anew(folder: Path) -> Catalog:
    """What makemessages gathers, from a copy: the tree itself stays as it is."""
    for name in COLLECTED_FROM:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    command = ("manage.py", "makemessages", "--locale", "nb", "--no-obsolete", "--no-location", "--verbosity", "0")
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    subprocess.run([sys.executable, *command], cwd=folder, check=True, env=surroundings, capture_output=True)  # noqa: S603
    return catalog(folder / TEXTS.relative_to(ROOT))


def words_on(page: str) -> set[str]:
    """The words a reader sees. What is marked as English is the way to English, and stays."""
    return set(re.findall(r"[a-zæøå]+", unescape(TAGS.sub(" ", page)).lower()))


@pytest.mark.django_db
def test_the_sign_in_page_has_no_english_words_in_norwegian() -> None:
    page = Client(headers={"accept-language": "nb"}).get("/sign-in/").content.decode()
    assert '<html lang="nb">' in page
    assert "logg" in words_on(page)
    assert words_on(page) & ENGLISH_WORDS == set()


@pytest.mark.django_db
def test_a_failed_sign_in_is_told_in_norwegian() -> None:
    page = Client(headers={"accept-language": "nb"}).post("/sign-in/", {"login": "", "password": ""}).content.decode()
    assert words_on(page) & ENGLISH_WORDS == set()


@pytest.mark.django_db
def test_the_english_sign_in_page_has_those_words() -> None:
    page = Client(headers={"accept-language": "en"}).get("/sign-in/").content.decode()
    assert words_on(page) & ENGLISH_WORDS
