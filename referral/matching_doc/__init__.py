"""What is measured of the rules, and docs/matching.md, both written by `manage.py write_matching_doc`.

tests/scenarios/respondents*.yaml ── stories.py ──┬── sensitivity.py ──┐
                                                  └── balance.py ──────┴──► measured.json ──► the page and the doc
"""
