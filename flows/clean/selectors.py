"""CSS selectors of per-site rules, as XPath: types, classes, ids, attributes, descendants (blank) and children (`>`), lists (`,`).

Pseudo-classes and sibling combinators are not understood and raise ValueError.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

_STEP = re.compile(
    r"""\s*(>)?\s*((?:[\w-]+|\*)?(?:[.#][\w-]+|\[\s*[\w-]+\s*(?:[~^$*]?=\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*)?\])*)(?=$|[\s>])"""
)
_PART = re.compile(r"""([.#])([\w-]+)|\[\s*([\w-]+)\s*(?:([~^$*]?)=\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*)?\]""")


@lru_cache(maxsize=1000)
def compile_selector(selector: str) -> etree.XPath:
    """Return the XPath that finds the elements of a CSS selector; raises ValueError where it is empty or not understood."""
    return etree.XPath("|".join(_path(one, selector) for one in selector.split(",")))


def elements_of(path: etree.XPath, root: HtmlElement) -> list[HtmlElement]:
    """The elements that an XPath finds in a tree, in reading order."""
    found = path(root)
    return [node for node in found if isinstance(node, HtmlElement)] if isinstance(found, list) else []


def _path(one: str, selector: str) -> str:
    path, rest = "", one.strip()
    while rest:
        found = _STEP.match(rest)
        if not found or not found[2]:
            raise ValueError(f"the selector {selector!r} is not understood at {rest!r}")
        path += ("/" if found[1] and path else "//") + _step(found[2])
        rest = rest[found.end() :]
    if not path:
        raise ValueError(f"the selector {selector!r} has an empty part")
    return path


def _step(compound: str) -> str:
    tag = re.match(r"[\w-]+", compound)
    step = tag[0] if tag else "*"
    for mark, name, attribute, how, double, single, bare in _PART.findall(compound):
        value = double or single or bare
        if mark == "#":
            step += f"[@id='{name}']"
        elif mark == ".":
            step += f"[contains(concat(' ',normalize-space(@class),' '),' {name} ')]"
        elif not value:
            step += f"[@{attribute}]"
        else:
            step += _test(attribute, how, f"'{value}'" if "'" not in value else f'"{value}"')
    return step


def _test(attribute: str, how: str, value: str) -> str:
    if how == "^":
        return f"[starts-with(@{attribute},{value})]"
    if how == "*":
        return f"[contains(@{attribute},{value})]"
    if how == "$":
        return f"[substring(@{attribute},string-length(@{attribute})-string-length({value})+1)={value}]"
    if how == "~":
        return f"[contains(concat(' ',normalize-space(@{attribute}),' '),concat(' ',{value},' '))]"
    return f"[@{attribute}={value}]"
