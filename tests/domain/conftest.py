"""How hard the properties are tried: a few repeatable examples always, many random ones when asked.

`PRECEPTOR_EXAMPLES=5000 ./dev test tests/domain` runs long, with new examples every time.
"""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = os.environ.get("PRECEPTOR_EXAMPLES")

settings.register_profile(
    "preceptor",
    max_examples=int(EXAMPLES or 60),
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("preceptor")
