"""Asks the heartbeat address after a run that ended well, for a dead man's switch outside Prefect.

A service such as a cron monitor notices when the address is asked no more: that finds a machine
that is off, which nothing on the machine can report.
"""

from __future__ import annotations

import logging

from flows.alert.secrets import ChannelError, SecretLoader, filled, masked, secrets_of
from flows.alert.settings import AlertSettings

TIMEOUT_SECONDS = 10.0

logger = logging.getLogger("newsduck.alert")


def send_heartbeat(alerts: AlertSettings, load_secret: SecretLoader | None = None) -> bool:
    """Ask the address with GET and return whether it answered well; false without an address.

    A heartbeat that fails is logged and stops nothing: its absence is the message.
    """
    if alerts.heartbeat is None:
        return False
    import httpx

    secrets: tuple[str, ...] = ()
    try:
        url = filled(alerts.heartbeat.get_secret_value(), load_secret)
        secrets = secrets_of(url)
        httpx.get(url, timeout=TIMEOUT_SECONDS, follow_redirects=True).raise_for_status()
    except (ChannelError, httpx.HTTPError, httpx.InvalidURL) as error:
        logger.warning("the heartbeat was not taken: %s", masked(str(error), secrets))
        return False
    return True
