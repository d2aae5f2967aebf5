"""Which groups suit which answers, and why: pure Python, no Django, no database, no clock, no settings.

    answers ──► wishes ──┐
                         ├──► findings ──► band and share ──► place
    facts of a group ────┘         │
                                   ├──► messages (cautions, benefits, asks)
                                   └──► moves (what would change the place)

`recommend` runs the whole chain. Everything it reads is an argument, everything it returns is frozen,
and the order of groups and answers it is given never matters.
"""

from referral.matching.recommend import recommend

__all__ = ["recommend"]
