"""What never leaves a list: persons, their addresses and numbers, and the keys to online rooms. Pure.

A name alone cannot be recognised, so the whole sentence goes that holds an address, a number or a passcode, or that
names somebody to contact. Better a note too few than a person too many.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from groups_catalog.feeds.plain import one_line, plain, shortened

DEEPEST = 20
"""Levels of a raw record that are kept."""
PERSONAL_KEYS = re.compile(
    r"contact|kontakt|e-?mail|e-?post|phone|telefon|tlf|mobil(?:e|nr|nummer)?$|author|forfatter|edit_url|people|person"
    r"|venmo|paypal|square|homegroup_online|helpline|first_?name|last_?name|fornavn|etternavn|api_key|password|passord"
    r"|passcode|access_?code|pin_?code|(?:adgangs|tilgangs|møte|pin)_?kode|conference_url_notes|virtual_meeting_additional_info|leader|secretary|sekret|ansvarlig|responsible|mailing_address",
    re.IGNORECASE,
)
NOT_PERSONAL = re.compile(r"last_contact|siste?_kontakt", re.IGNORECASE)
"""The day when somebody last spoke to the group."""

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,80}\s?(?:[@＠]|[\[(]\s?(?:at|a|krøllalfa|snabel-?a)\s?[\])])\s?"
    r"[\w-]{1,80}(?:\.|\s?[\[(]\s?(?:dot|punktum)\s?[\])]\s?)[^\W\d_][\w.-]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)(?:\+|\(\+?)?\d[\d\s().\-‐-―/]{5,}\d")
_LEAST_DIGITS = 8
"""A Norwegian number; an American one without its area code shows by its dash."""
_SHORT_NUMBER = re.compile(r"\d{3}[-.‐-―]\d{4}")
_CLOCK = r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d|\.\d)"
_NOT_A_NUMBER = re.compile(
    r"(?<![\d.\-/])(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)\d\d"
    rf"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|{_CLOCK})(?![\d]|[-/.]\d)"
    rf"|(?<![\d.]){_CLOCK}\s?[-–]\s?{_CLOCK}|[A-Z]{{2}} \d{{5}}-\d{{4}}(?!\d)"
    r"|\d+(?:st|nd|rd|th)\b|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
)
_SECRET = re.compile(
    r"\bpass\s?-?(?:code|word|wort)\b|\bpassord\w*|\bpwd\b|\bkennwort|\bl[öo]senord|\bcontrase[ñn]a|\bmot de passe"
    r"|\b(?:access|entry|door|gate|room|conference|host|participant)\s?(?:code|pin)\b|\b\w{2,}kode\w*|\bkode[nr]?\b\W{0,3}\d"
    r"|\bpin\b\W{0,3}\d|\bpin-?kode|\b(?:meeting|møte|mote|zoom|webinar|conference|konferanse|dial-?in)[\s-]?id\b"
    r"|\bid\b\W{0,3}\d[\d\s-]{4,}|\bdial-?in\b",
    re.IGNORECASE,
)
_TO_CONTACT = (
    r"(?i:contact|kontakt(?:person)?|call|ring|phone|tlf|ask\s+for|spør\s+etter|e-?mail|e-?post|mail|sms"
    r"|secretary|sekretær)"
)
_ENDS_IN_SECRET = re.compile(rf"(?:{_SECRET.pattern})[\s.:=#-]*$", re.IGNORECASE)
_PERSON = re.compile(rf"\b{_TO_CONTACT}\b\W{{0,3}}(?:(?i:person|to|til|at|with|med|er|is)\W+)?[A-ZÆØÅÄÖ][a-zæøåäöé]")
_LABEL = re.compile(rf"(?:\b(?:{_TO_CONTACT}|(?i:tel|telefon|mob|mobil|ph|nr|no|id))\b[\s.:]*)+$")
_SENTENCES = re.compile(
    r"\n+|(?<!tlf\.)(?<!Tlf\.)(?<!tel\.)(?<!Tel\.)(?<!mob\.)(?<!ph\.)(?<!nr\.)(?<!kl\.)(?<=[.!?;])\s+"
)
_REGISTERED = re.compile(r"^\d{8,10}[\s-]+(?=(?:\d{1,3}[\s-])?[^\W\d])")
_PARTS = re.compile(r"\s*[,;|•\n]\s*|\s+[-–—]\s+")
_SECRET_QUERY = re.compile(
    r"pwd|pass\w*|pw|pin|code|kode|tk|token|key|secret|auth\w*|zak|uname|e-?mail|phone|tel|name|user\w*",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}", re.IGNORECASE)
_CHATS_BY_NUMBER = ("wa.me", "whatsapp.com", "signal.me", "t.me")
Spans = list[tuple[int, int]]


def is_personal(key: object) -> bool:
    """Whether a field of a list is about a person, or is a key to a room."""
    return isinstance(key, str) and bool(PERSONAL_KEYS.search(key)) and not NOT_PERSONAL.fullmatch(key)


def has_contact(text: str) -> bool:
    """Whether an address, a number or a passcode stands in a text."""
    return bool(_found(text))


def sentences(text: str) -> tuple[str, bool]:
    """A longer text without the sentences that hold a contact or a passcode; whether any was left out."""
    found = _found(text) + [match.span() for match in _PERSON.finditer(text)]
    if not found:
        return text, False
    kept = [text[start:end] for start, end in _unharmed(text, _SENTENCES, found) if re.search(r"\w", text[start:end])]
    rest = " ".join(kept).strip()
    # What is left must hold up when it is read by itself: a number may have been written across a full stop.
    return ("" if _found(rest) else rest), True


def label(text: str) -> tuple[str, bool]:
    """A name or a place without the parts that hold a contact; whether any was left out."""
    # Some fellowships put a group's registration number first; it looks like a telephone number, and says nothing.
    text, numbered = _REGISTERED.subn("", text)
    found = _found(text)
    if not found:
        return text, bool(numbered)
    rest = ", ".join(text[start:end] for start, end in _unharmed(text, _PARTS, found) if text[start:end].strip())
    rest = rest or _LABEL.sub("", text[: min(start for start, _end in found)].rstrip(" ([:-"))
    return ("" if _found(rest) or _PERSON.search(rest) else rest.strip(" ,;:-(["), True)


def given(value: object) -> str:
    """What stood in a field, short enough to show; nothing where it holds a contact."""
    text = one_line(value)
    return "" if _found(text) else shortened(text, 60)


def link(value: object, *, keep: bool = False) -> tuple[str, tuple[str, ...]]:
    """The https address of an online meeting without its passcode, and what was wrong with it."""
    text = one_line(value).partition(" http")[0]
    address, parts = _split(text)
    if not text:
        return "", ()
    if parts is None:
        return "", ("link_unreadable",)
    if parts.scheme != "https":
        return "", ("link_not_secure",)
    return (address, ()) if keep else _without_keys(parts)


def leads_somewhere(value: object) -> bool:
    """Whether a field for an online room holds an address or a number at all, and not «n/a» or «ask us»."""
    text = one_line(value)
    return "://" in text or has_contact(text) or _split(text)[1] is not None


def clean_row(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it came, without all that is personal: what is kept so that a reading can be checked."""
    cleaned = _clean(raw, "", 0)
    return cleaned if isinstance(cleaned, dict) else {}


def _clean(value: Any, key: str, depth: int) -> Any:
    if depth > DEEPEST:
        return None
    if isinstance(value, Mapping):
        kept = ((_key(name), inner) for name, inner in value.items() if not is_personal(name))
        return {name: _clean(inner, name, depth + 1) for name, inner in kept if name}
    if isinstance(value, list | tuple):
        return [_clean(inner, key, depth + 1) for inner in value]
    return _clean_scalar(value, key)


def _clean_scalar(value: Any, key: str) -> Any:
    if isinstance(value, str):
        return _clean_text(value.strip(), key)
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, int | float) or not abs(value) < 10**15:
        return None
    return value if abs(value) < 10**6 or _is_id(key, one_line(value)) else None


def _clean_text(text: str, key: str) -> str:
    if _is_id(key, text):
        return text
    if "://" in text and not re.search(r"\s", text):
        _address, parts = _split(text)
        return _without_keys(parts)[0] if parts else ""
    return sentences(plain(text))[0]


def _is_id(key: str, text: str) -> bool:
    """Long numbers and codes are ids where the field says so, whatever else they look like."""
    return bool(re.search(r"(?:^|_)(?:id|slug|bigint|key|list)(?:$|_)", key, re.IGNORECASE)) and is_key(text)


def is_key(text: str) -> bool:
    """Whether a list's own id may be kept as it stands: no address, and no number written like one."""
    return bool(re.fullmatch(r"[A-Z]{0,2}[\d,]+", text)) or not _found(
        text if re.search(r"\s", text) else _REGISTERED.sub("", text)
    )


def _key(name: object) -> str:
    text = one_line(name)
    return "" if _found(text) else text


def _found(text: str) -> Spans:
    """Where addresses, numbers and passcodes stand."""
    spans = [match.span() for match in _SECRET.finditer(text)]
    if "@" in text or "＠" in text or "(" in text or "[" in text:
        spans.extend(match.span() for match in _EMAIL.finditer(text))
    return spans + list(_numbers(text))


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    masked = _NOT_A_NUMBER.sub(lambda found: "x" * len(found[0]), text)
    for found in _NUMBER.finditer(masked):
        digits = sum(character.isdigit() for character in found[0])
        if digits >= _LEAST_DIGITS or "+" in found[0] or _SHORT_NUMBER.search(found[0]):
            yield found.span()


def _unharmed(text: str, edges: re.Pattern[str], found: Spans) -> Iterator[tuple[int, int]]:
    """The pieces between the edges that nothing found reaches into."""
    harmed = bytearray(len(text))
    for begin, end in found:
        harmed[begin:end] = b"\x01" * (end - begin)
    start, carried = 0, False
    for piece_end, next_start in [*(edge.span() for edge in edges.finditer(text)), (len(text), len(text))]:
        if not carried and 1 not in harmed[start:piece_end]:
            yield start, piece_end
        # «Passcode:» at the end of a line is about the next one.
        carried = bool(_ENDS_IN_SECRET.search(text, start, piece_end))
        start = next_start


def _split(text: str) -> tuple[str, SplitResult | None]:
    """The address, with https put before one that begins with its host, and its parts."""
    begins = text.partition("/")[0]
    text = text if ":" in begins or "@" in begins else f"https://{text}"
    try:
        parts = urlsplit(text)
        readable = bool(parts.hostname and _HOST.fullmatch(parts.hostname)) and " " not in text
        _port = parts.port
    except ValueError:
        return text, None
    return text, parts if readable else None


def _without_keys(parts: SplitResult) -> tuple[str, tuple[str, ...]]:
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    path = unquote(parts.path)
    by_number = any(f".{parts.hostname}".endswith(f".{chat}") for chat in _CHATS_BY_NUMBER)
    if by_number or "@" in path.replace("@thread.", "") or "+" in path:
        return "", ("contact_left_out",)
    query = parse_qsl(parts.query)
    kept = [
        (name, value) for name, value in query if not _SECRET_QUERY.fullmatch(name) and not _found(f"{name} {value}")
    ]
    fragment = "" if "=" in parts.fragment or _found(unquote(parts.fragment)) else parts.fragment
    cleaned = parts._replace(netloc=host, query=urlencode(kept), fragment=fragment).geturl()
    lost = len(kept) < len(query) or fragment != parts.fragment or "@" in parts.netloc
    return cleaned, (("passcode_left_out",) if lost else ())
