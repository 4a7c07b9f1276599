"""Words that open what somebody is reported to have said: adverbs, "there", numbers."""

from __future__ import annotations

from tests.unit.test_quotes_trials import found


def test_an_adverb_may_open_what_is_said() -> None:
    for text, expected in [
        ("More pilots have left the quay, Ada Quill said.", ["More pilots have left the quay"]),
        ("Still, the boats came back, Ada Quill said.", ["Still, the boats came back"]),
        ("Yesterday the boats came back, Ada Quill said.", ["Yesterday the boats came back"]),
        ("Ada Quill said there was no rust.", ["there was no rust"]),
        ("Ada Quill said more boats would sink.", ["more boats would sink"]),
        # these tell when she said it, or nothing
        ("Just as the boats left, Ada Quill said it rained.", ["it rained"]),
        ("Later in the day, Ada Quill said the quay was shut.", ["the quay was shut"]),
        ("Once a pilot in Oslo, Ada Quill said the quay was shut.", ["the quay was shut"]),
        ("Long after the boats had left, Ada Quill said.", []),
        ("Meanwhile, Ada Quill said.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text
