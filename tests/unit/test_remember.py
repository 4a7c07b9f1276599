"""What functions of a word remember, and when they forget."""

from __future__ import annotations

from flows.annotate.remember import remembered


def test_each_word_is_worked_on_once_until_all_are_forgotten() -> None:
    worked: list[str] = []

    @remembered(2)
    def double(word: str) -> str:
        worked.append(word)
        return word * 2

    assert [double(word) for word in ("a", "b", "a", "b")] == ["aa", "bb", "aa", "bb"]
    assert worked == ["a", "b"]
    assert [double(word) for word in ("c", "a")] == ["cc", "aa"]
    assert worked == ["a", "b", "c", "a"]
