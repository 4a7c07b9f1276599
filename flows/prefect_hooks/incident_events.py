"""Sends messages about incidents, and makes each opening and end a Prefect event.

Secrets come from Prefect's secret blocks. Events are copies: `meta.incidents` holds the truth, and
an event that no server received is no loss.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast
from uuid import NAMESPACE_URL, uuid5

from prefect.blocks.system import Secret
from prefect.events import emit_event
from prefect.events.worker import EventsWorker

from flows.alert.deliver import Delivery, deliver
from flows.alert.heartbeat import send_heartbeat
from flows.alert.settings import AlertSettings
from flows.progress import reporter
from flows.steps.direct import delivering
from flows.steps.request import Request
from warehouse.connect import WarehouseAddress, exists, open_writer

logger = logging.getLogger("newsduck.alert")

NEWS = """
    SELECT n.notification_id, n.event, n.created_at, i.incident_id, i.fingerprint, i.check_name,
        i.severity, i.owner,
        coalesce(i.source_id, ''), coalesce(i.dimension, ''), i.opened_at, i.observed, i.expected,
            i.row_count, i.last_run_id
    FROM meta.notifications AS n JOIN meta.incidents AS i ON i.incident_id = n.incident_id
    WHERE n.emitted_at IS NULL AND n.event IN ('opened', 'resolved')
    ORDER BY n.created_at, n.notification_id
"""


@contextmanager
def notify_incidents(request: Request) -> Iterator[None]:
    """Notify people of what the body's run found, inside its run lock, also where the body failed.

    Raises UndeliveredError after a body that ended well where a message could not be sent. After a
    body that failed, its own error counts; what cannot be sent then is logged.
    """
    with delivering(lambda: tell(request.warehouse, request.lock_timeout, request.alerts)):
        yield
    send_heartbeat(request.alerts, read_secret)


def tell(warehouse: WarehouseAddress, lock_timeout: float, alerts: AlertSettings) -> Delivery:
    """Send what is due and emit `newsduck.incident.opened` and `newsduck.incident.resolved`. The
    caller holds the run lock.
    """
    delivery = deliver(warehouse, lock_timeout, alerts, read_secret)
    emit_news(warehouse, lock_timeout)
    return delivery


def read_secret(name: str) -> str:
    """Return the value of a Prefect secret block; raises ValueError where there is none."""
    return str(cast("Secret[str]", Secret.load(name)).get())


def emit_news(warehouse: WarehouseAddress, lock_timeout: float) -> int:
    """Emit one event for each opening and end that has none; return how many. A repeat has the same
    event id.
    """
    if not exists(warehouse):
        return 0
    with open_writer(warehouse, lock_timeout, reporter().say) as connection:
        news = connection.execute(NEWS).fetchall()
    if not news:
        return 0
    for (
        key,
        event,
        at,
        incident,
        fingerprint,
        check,
        severity,
        owner,
        source,
        dimension,
        since,
        observed,
        expected,
        rows,
        run_id,
    ) in news:
        emit_event(
            event=f"newsduck.incident.{event}",
            occurred=at,
            resource={
                "prefect.resource.id": f"newsduck.incident.{incident}",
                "prefect.resource.name": fingerprint,
                "newsduck.check": check,
                "newsduck.source": source,
                "newsduck.severity": severity,
                "newsduck.owner": owner,
            },
            payload={
                "dimension": dimension,
                "since": since.isoformat(),
                "observed": observed,
                "expected": expected,
                "row_count": rows,
                "run_id": run_id,
            },
            id=uuid5(NAMESPACE_URL, f"newsduck.notification.{key}"),
        )
    EventsWorker.instance().wait_until_empty()
    with open_writer(warehouse, lock_timeout, reporter().say) as connection:
        connection.execute(
            "UPDATE meta.notifications SET emitted_at = ? WHERE list_contains(?::VARCHAR[], "
            "notification_id)",
            [datetime.now(UTC), [row[0] for row in news]],
        )
    return len(news)
