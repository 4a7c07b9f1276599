"""The plain-text room: pages that arrive as text, without tags and in any line structure, become
articles.

`clean_plain` is the door. `blocks`, `oneline` and `sentences` cut the page, `mixed` parts what was
fused, `prose`, `weights` and `stretch` find where the article stands (`briefs`, `listing` and
`tables` know the shapes that paragraphs do not show), `title`, `heading` and `furniture` tell
headline, byline and date line, `judge` and `inside` give every stripped block its reason. Nothing
here knows HTML, and no rule about words stands here: those are in the rule book.
"""

from flows.clean.plain.page import clean_plain

__all__ = ["clean_plain"]
