"""Whatever is sent to the running gateway, its answers are among those that ``openapi.yml`` describes."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.channels.web.description import DESCRIPTION
from tests.running import RunningTutor

EXAMPLES = 25
REFUSED = ["400", "401", "403", "404", "405", "409", "413", "429"]
CHECKS = {
    "negative_data_rejection": {"expected-statuses": REFUSED},
    "positive_data_acceptance": {"expected-statuses": ["2xx", *REFUSED]},  # a text can fit, and hold nothing to read
    "ignored_auth": {"enabled": False},  # it takes our own token for a made-up one; test_session.py tests the forged
}
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION, config=schemathesis.Config.from_dict({"checks": CHECKS}))


@pytest.fixture(scope="module")
def token(started_tutor: RunningTutor) -> Iterator[str]:
    """Give the identity of somebody new."""
    started_tutor.start()
    yield str(httpx.post(f"{started_tutor.url}/api/session", trust_env=False).json()["token"])


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_answer_is_described(case: schemathesis.Case, started_tutor: RunningTutor, token: str) -> None:
    """Requests made up from the description, right and wrong ones, get no 5xx and no answer that it does not name."""
    case.call_and_validate(base_url=started_tutor.url, headers={"Authorization": f"Bearer {token}"})
