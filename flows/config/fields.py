"""The kinds of values in sources.yml and the settings; each refuses wrong values and says what is
right.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import pytz
from croniter import croniter
from pydantic import AfterValidator, BeforeValidator

DOMAIN = re.compile(
    r"(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])"
)
LANGUAGE = re.compile(r"[a-z]{2,3}")
CRON_FIELDS = 5
ABBREVIATED = ("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually")


def _unquoted(value: Any) -> Any:
    """Explain a truth value where a code was meant: YAML reads `no` (Norwegian) and NO (Norway) as
    false.
    """
    if isinstance(value, bool):
        raise ValueError(
            f"YAML reads this as {str(value).lower()}; put the code in quotation marks"
        )
    return value


def _site(value: str) -> str:
    if not DOMAIN.fullmatch(value) and value != "localhost" and not _is_ip(value):
        raise ValueError(
            "give the bare domain in small letters, such as harbourcourier.example (other "
            "scripts as xn--…)"
        )
    return value


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _country(value: str) -> str:
    if value not in pytz.country_names:
        hint = " (the United Kingdom is GB)" if value == "UK" else ""
        raise ValueError(f"{value!r} is no country code of ISO 3166, such as GB or KE{hint}")
    return value


def _language(value: str) -> str:
    if not LANGUAGE.fullmatch(value):
        raise ValueError(f"{value!r} is no language code of ISO 639, such as en or de")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(value: str) -> str:
    if value not in _zones():
        raise ValueError(f"{value!r} is no IANA time zone, such as Europe/London or Asia/Kolkata")
    return value


def web_address(value: str) -> str:
    """Return `value` where it is an absolute http(s) address without a name and password; raises
    ValueError otherwise.
    """
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{value!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", value):
        raise ValueError(
            f"{value!r} is no address; it must begin with http:// or https:// and a host"
        )
    if parts.username is not None or parts.password is not None:
        raise ValueError(
            f"the address of {host} holds a name or password; such addresses are not stored"
        )
    return value


def _cron(value: str) -> str:
    """Allow what Prefect's cron schedules allow: five fields or an abbreviation, nothing random or
    hashed, and at least one time that comes.
    """
    fields = value.split()
    if value.startswith("@"):
        is_known = value in ABBREVIATED
    else:
        is_known = len(fields) == CRON_FIELDS and not {field[:1].upper() for field in fields} & {
            "R",
            "H",
        }
    if not is_known or not croniter.is_valid(value, strict=True):
        raise ValueError(
            f"{value!r} is no cron schedule; give minute hour day month weekday, such as '*/20 "
            "6-23 * * *'"
        )
    return value


def _relative(value: str) -> str:
    if not value.strip():
        raise ValueError("an empty path")
    return value


Site = Annotated[str, AfterValidator(_site)]
Country = Annotated[str, BeforeValidator(_unquoted), AfterValidator(_country)]
Language = Annotated[str, BeforeValidator(_unquoted), AfterValidator(_language)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
Address = Annotated[str, AfterValidator(web_address)]
Cron = Annotated[str, AfterValidator(_cron)]
RelativePath = Annotated[str, AfterValidator(_relative)]
