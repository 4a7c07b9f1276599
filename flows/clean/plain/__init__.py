"""Plain-text pages, without tags and in any line structure, become articles.

`clean_plain` is the entry point. `blocks`, `oneline` and `sentences` cut the page; `mixed`
separates what was fused. `prose`, `weights` and `stretch` find where the article stands; `briefs`,
`listing` and `tables` know shapes that paragraphs do not show. `title`, `heading` and `furniture`
recognise headline, byline and date line. `classify_blocks` and `inside` give every stripped block
its reason.
Nothing here knows HTML. Rules about words are in the rule book, words of languages in wording.toml.
"""

from flows.clean.plain.page import clean_plain

__all__ = ["clean_plain"]
