"""One text in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    en: str
    nb: str

    def in_language(self, language: str | None) -> str:
        """The Bokmål text for `nb`, otherwise the English one."""
        return self.nb if language == "nb" else self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.nb)


NO_TEXT = Text("", "")
