"""The page *How the menu is made*, generated from the rules.

    rules() ── criteria.py  messages.py  evidence.py  personal.py ──┐
    page.yaml, decision_aid.yaml ── prose.py ─────────────────────┼──► page.py ──► HowPage
    measured.json ── sensitivity.py ────────────────────────────────┘

Each part turns rules into words in the language of the page; nothing on the page is typed twice.
"""

from referral.menu.how.page import HowPage, how_page

__all__ = ["HowPage", "how_page"]
