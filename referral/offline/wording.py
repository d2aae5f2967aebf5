"""The few sentences the engine's results need outside the site, in both languages."""

from referral.matching.model import Band, OutOfReach
from referral.matching.rules import Text

BANDS = {
    Band.FITS_MOST: Text("Fits most of what was said", "Passer med det meste som ble sagt"),
    Band.FITS_SOME: Text("Fits some of what was said", "Passer med noe av det som ble sagt"),
    Band.NOT_YET_KNOWN: Text("Not yet known", "Vet ikke nok ennå"),
    Band.NOT_RANKED: Text("Not ranked", "Ikke rangert"),
    Band.FITS_FEW: Text("Fits few of what was said", "Passer med lite av det som ble sagt"),
}
LANES = {
    "addiction": Text("Addiction", "Avhengighet"),
    "in_addition": Text("In addition", "I tillegg"),
    "next_of_kin": Text("Next of kin", "Pårørende"),
}
REASONS = {
    "language": Text("Language: it meets in", "Språk: den møtes på"),
    "membership": Text("Membership: it is for", "Medlemskap: den er for"),
    "access": Text("Access: it does not have", "Tilgang: den har ikke"),
    "time": Text("Time: it meets only", "Tid: den møtes bare"),
}
DETAILS = {
    "nb": Text("Norwegian", "norsk"),
    "en": Text("English", "engelsk"),
    "other": Text("another language", "et annet språk"),
    "women": Text("women", "kvinner"),
    "men": Text("men", "menn"),
    "step_free": Text("a step-free entrance", "trinnfri inngang"),
    "hearing": Text("help with hearing", "hjelp til å høre"),
    "sight": Text("help with seeing", "hjelp til å se"),
    "child_care": Text("child care", "barnepass"),
    "day": Text("weekdays in the daytime", "hverdager på dagtid"),
    "evening": Text("weekdays in the evening", "hverdager på kveldstid"),
    "weekend": Text("at weekends", "i helgene"),
}


def why_out_of_reach(greyed: OutOfReach, language: str) -> str:
    """One sentence: the reason and the fact behind it."""
    details = [DETAILS[d].in_language(language) if d in DETAILS else d for d in greyed.detail]
    return f"{REASONS[greyed.reason].in_language(language)} {', '.join(details)}"
