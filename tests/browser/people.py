"""Who can sign in besides the demo's people, by the name they sign in with."""

WITHOUT_GROUPS = "newcomer"
"""Works in a clinic that has nothing yet."""
WITHOUT_ANYTHING_KEPT = "newcomer-admin"
"""Keeps that clinic's catalog."""
PEOPLE = {"curator": "curator", "second": "curator", "admin": "clinic_admin", "clinician": "clinician"}
"""Of each clinic that is made for these tests, with their roles; `<clinic>-curator` and so on."""
LABELS = {"curator": "Kari", "second": "Ola", "admin": "Anne", "clinician": "Per"}
CURATOR, SECOND, ADMIN = "kept-curator", "kept-second", "kept-admin"
"""Of the clinic that has been kept for a while."""
