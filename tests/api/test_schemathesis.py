"""Requests made up from the interface's own description meet no error of ours and no undescribed response."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying

from api.app import create_app
from rag.library import Library
from rag.model import BuildReport
from rag.models import Models
from rag.settings import Settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from schemathesis.checks import not_a_server_error  # noqa: E402  # after the check that it is there
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 20
HERE = {"Host": "127.0.0.1"}


def built_nothing(*_: object, **__: object) -> BuildReport:
    return BuildReport(0, 0, (), 0, 0, 0.0)


def test_no_request_meets_an_error_of_ours(settings: Settings, library: Library, models: Models, subtests: Any) -> None:
    """Whatever the description allows, and some of what it does not, is answered as the description says."""
    app = create_app(settings, library, models, build=built_nothing)
    described = schemathesis.openapi.from_asgi("/openapi.json", app, headers=HERE)
    for found in described.get_all_operations():
        operation = found.ok()
        with subtests.test(operation=operation.label):
            _try(operation)


def _try(operation: Any) -> None:
    """Meet one operation with made-up requests, fitting and not."""
    fitting = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
    unfit = operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)

    @given(case=fitting | unfit)
    @trying(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def meet(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=HERE)

    meet()
