"""How long the properties search: the same examples for everybody here, new and more of them in CI."""

import os

from hypothesis import HealthCheck, settings

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "here", max_examples=50, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile("ci", max_examples=150, deadline=None, print_blob=True, suppress_health_check=SLOW_IS_FINE)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")
