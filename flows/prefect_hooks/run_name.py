"""Gives a flow run the name and tags by which people find it: the flow and our run id."""

from __future__ import annotations

from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.runtime import flow_run

TAG = "newsduck"


def name_run(flow: str, run_id: str) -> None:
    """Rename the present Prefect run to `FLOW RUN_ID` and tag it; nothing outside of a run."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    tags = sorted({*context.flow_run.tags, TAG, flow})
    with get_client(sync_client=True) as client:
        client.update_flow_run(context.flow_run.id, name=f"{flow} {run_id}", tags=tags)


def run_url() -> str | None:
    """Return where Prefect's pages show the present run; None without a server that has pages."""
    url = flow_run.ui_url
    return str(url) if url else None
