"""Skips a scheduled run that is late: a run that started after its time has done its work.

Late runs pile up behind a long run, or while nothing serves them (prefect#19313). Each would list
every source again.
"""

from __future__ import annotations

from typing import Any, cast

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
)
from prefect.context import FlowRunContext
from prefect.states import Completed

SKIPPED = "Skipped"
"""Name of a skipped run's state."""


def stands_down() -> dict[str, Any] | None:
    """Return the state in which the present run ends at once; None where it must run.

    Prefect takes a state that a flow returns as the run's own. Its name differs from a success, so
    whoever waits for a success does not take it for one.
    """
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    if (
        run is None
        or run.deployment_id is None
        or not run.auto_scheduled
        or run.expected_start_time is None
    ):
        return None
    later = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[run.deployment_id]),
        start_time=FlowRunFilterStartTime(after_=run.expected_start_time),
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Completed"])),
    )
    with get_client(sync_client=True) as client:
        done = [
            other
            for other in client.read_flow_runs(flow_run_filter=later)
            if other.auto_scheduled and other.id != run.id
        ]
    if not done:
        return None
    message = (
        f"was due at {run.expected_start_time:%Y-%m-%d %H:%M} UTC; {done[0].name}, which "
        "started later, has done it"
    )
    return cast(
        "dict[str, Any]", Completed(name=SKIPPED, message=message, data={"done_by": done[0].name})
    )
