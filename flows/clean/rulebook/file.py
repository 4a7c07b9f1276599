"""Reading one rule file: its shape, its values, its own examples. `book` matches the rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from flows.clean.model import REASONS
from flows.clean.rulebook.book import RuleBook
from flows.clean.rulebook.rule import Rule, RuleError, Where
from flows.clean.selectors import compile_selector

_HEADER = re.compile(r"^[^\S\n]*\[\[\s*rule\s*\]\]", re.M)
_FAULT_AT = re.compile(r"\(at line (\d+)")
_TEXT = {"id", "reason", "where", "selector"}
_LISTS = {"pattern", "lines", "words", "languages", "sites", "cuts", "keeps"}


def read_rules(file: Path, *, is_proven: bool = False) -> Iterator[tuple[int, Rule]]:
    """Yield (line of its `[[rule]]`, rule) for each rule of the file. Raises RuleError where the
    file or a rule is at fault.

    `is_proven` skips the checks of values and examples, which take 0.25 s for the builtin rules: a
    test makes these checks.
    """
    try:
        source = file.read_text("utf-8")
        tables = tomllib.loads(source)
    except OSError as error:
        raise RuleError(file, 1, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(file, 1, f"is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        at = _FAULT_AT.search(str(error))
        raise RuleError(
            file, int(at[1]) if at else len(source.splitlines()), f"is not TOML: {error}"
        ) from error
    if set(tables) - {"rule"} or not isinstance(tables.get("rule", []), list):
        raise RuleError(file, 1, "holds something else than [[rule]] tables")
    lines = [source.count("\n", 0, header.start()) + 1 for header in _HEADER.finditer(source)]
    for line, table in zip(lines, tables.get("rule", []), strict=False):
        fault = _shape_fault(table)
        if fault:
            raise RuleError(file, line, fault)
        rule = _rule(table)
        fault = "" if is_proven else _value_fault(rule) or _example_fault(rule)
        if fault:
            raise RuleError(file, line, f'rule "{rule.id}": {fault}')
        yield line, rule


def _rule(table: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    if isinstance(values.get("pattern"), tuple):
        values["pattern"] = "|".join(values["pattern"])
    return Rule(**values)


def _shape_fault(table: dict[str, Any]) -> str:
    unknown = sorted(set(table) - _TEXT - _LISTS - {"limit"})
    if unknown:
        return f'unknown key "{unknown[0]}"'
    for key in ("id", "reason"):
        if key not in table:
            return f'"{key}" is missing'
    for key, value in table.items():
        if key in _TEXT and not (isinstance(value, str) and value):
            return f'"{key}" must be a text that is not empty'
        if (
            key in _LISTS
            and not (key == "pattern" and isinstance(value, str) and value)
            and not (isinstance(value, list) and all(isinstance(v, str) and v for v in value))
        ):
            return f'"{key}" must be a list of texts that are not empty'
    limit = table.get("limit", 1)
    return (
        ""
        if type(limit) is int and 0 < limit <= 5000
        else '"limit" must be a whole number from 1 to 5000'
    )


def _value_fault(rule: Rule) -> str:
    if rule.reason not in REASONS:
        return f'the reason "{rule.reason}" is none of {", ".join(REASONS)}'
    if rule.where not in {"any", *get_args(Where)} - {"body"}:
        return f'"where" is "{rule.where}"; it must be head, tail or any'
    if rule.selector:
        return _selector_fault(rule)
    if not rule.pattern and not rule.lines:
        return "needs a pattern, lines or a selector"
    if rule.words and not rule.pattern:
        return '"words" without a pattern'
    try:
        re.compile(rule.pattern)
    except re.error as error:
        return f"the pattern is no regular expression: {error}"
    if rule.pattern and re.search(rule.pattern, ""):
        return "the pattern matches the empty text, and so every block"
    return "" if rule.cuts and rule.keeps else "needs at least one text it cuts and one it keeps"


def _selector_fault(rule: Rule) -> str:
    if rule.pattern or rule.lines:
        return "a selector stands without pattern and lines"
    if not rule.sites:
        return 'a selector needs the "sites" it is for'
    try:
        compile_selector(rule.selector)
    except ValueError as error:
        return str(error)
    return ""


def _example_fault(rule: Rule) -> str:
    book = RuleBook([rule])
    where: Where = "tail" if rule.where == "tail" else "head"
    language = rule.languages[0] if rule.languages else None
    site = rule.sites[0] if rule.sites else None
    for text in rule.cuts if not rule.selector else ():
        if not book.match(text, where=where, language=language, site=site):
            return f'does not cut its own example "{text}"'
    for text in rule.keeps if not rule.selector else ():
        if book.match(text, where=where, language=language, site=site):
            return f'cuts what it should keep: "{text}"'
    return ""
