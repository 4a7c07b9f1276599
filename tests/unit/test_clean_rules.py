"""The rule book: every rule keeps its own examples, broken files are refused with line and reason,
users' rules come first.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from flows.clean import clean_page
from flows.clean.model import REASONS
from flows.clean.rulebook.alternatives import searcher, split_alternatives
from flows.clean.rulebook.book import folded
from flows.clean.rulebook.file import read_rules
from flows.clean.rules import BUILTIN_RULES, Rule, RuleBook, RuleError, Where, load_rules

BOOK = load_rules()
DECIDED_BY_FORM = {"site_repeat", "comments"}
"""Reasons that no words can show."""

GOOD = """
[[rule]]
id = "gazette.club"
reason = "subscription_prompt"
sites = ["gazette.example"]
pattern = '\\bgazette club\\b'
cuts = ["Members of the Gazette Club read on."]
keeps = ["The gazette opened a club."]
"""


def place(rule: Rule) -> Where:
    return "tail" if rule.where == "tail" else "head"


def write(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, "utf-8")
    return file


def wrong_examples(rule: Rule, tried: Rule) -> list[str]:
    """The examples of `rule` that `tried` takes for the other kind, each with the rule's id."""
    alone, language = RuleBook([tried]), next(iter(tried.languages), None)
    return [
        f"{rule.id} {'cuts' if is_cut else 'keeps'}: {text}"
        for is_cut, texts in ((True, rule.cuts), (False, rule.keeps))
        for text in texts
        if (alone.match(text, where=place(rule), language=language) is not None) != is_cut
    ]


def test_each_rule_keeps_its_examples() -> None:
    assert [line for rule in BOOK.rules for line in wrong_examples(rule, rule)] == []


def test_words_are_among_what_a_pattern_needs() -> None:
    """A rule's `words` only make it quicker: without them it cuts the same examples."""
    slow = {
        rule: Rule(
            id=rule.id,
            reason=rule.reason,
            where=rule.where,
            pattern=rule.pattern,
            lines=rule.lines,
            limit=rule.limit,
        )
        for rule in BOOK.rules
    }
    assert [line for rule in BOOK.rules for line in wrong_examples(rule, slow[rule])] == []


def test_every_builtin_pattern_names_words() -> None:
    """A pattern without words is tried on every block of every page."""
    assert [rule.id for rule in BOOK.rules if rule.pattern and not rule.words] == []


@pytest.mark.parametrize(
    ("word", "block", "is_tried"),
    [
        ("0", "Seite 3", True),
        ("0", "الصفحة ٣", True),
        ("0", "Seite drei", False),
        ("字", "第三页", True),
        ("字", "Seite « drei »", False),
        ("(", "Seite (drei)", True),
        ("(", "Seite « (drei) »", True),
        ("drei", "Seite_drei", True),
        ("drei", "« drei »", True),
        ("drei", "Seite dreißig", False),
    ],
)
def test_words_stand_for_figures_letters_and_signs(word: str, block: str, is_tried: bool) -> None:
    rule = Rule(id="any", reason="navigation", pattern=".", words=(word,))
    assert bool(RuleBook([rule]).fitting(block)) == is_tried


def test_every_reason_that_text_can_show_has_a_rule() -> None:
    assert {rule.reason for rule in BOOK.rules} == set(REASONS) - DECIDED_BY_FORM


def test_ids_are_unique_and_every_family_is_read() -> None:
    assert len({rule.id for rule in BOOK.rules}) == len(BOOK.rules) > 40
    assert len(list(BUILTIN_RULES.glob("*.toml"))) >= 10


@pytest.mark.parametrize("file", sorted(BUILTIN_RULES.glob("*.toml")), ids=lambda file: file.stem)
def test_the_builtin_rules_are_proven(file: Path) -> None:
    """A run does not try their values and examples again."""
    assert list(read_rules(file)) == list(read_rules(file, is_proven=True))


def test_a_rule_for_tails_is_silent_elsewhere() -> None:
    rule = next(r for r in BOOK.rules if r.where == "tail")
    alone = RuleBook([rule])
    assert alone.match(rule.cuts[0], where="tail")
    assert not alone.match(rule.cuts[0], where="body")
    assert not alone.match(rule.cuts[0], where="head")


def test_case_quotes_hyphens_and_spaces_do_not_matter() -> None:
    plain = BOOK.match("Don't miss", where="body")
    assert plain is not None
    assert BOOK.match("  DON’T\u00a0 MISS »", where="body") == plain


def test_a_language_holds_a_rule_back_where_the_page_has_another() -> None:
    text = "Jetzt unseren Newsletter kostenlos abonnieren!"
    assert BOOK.match(text, where="body", language="de")
    assert BOOK.match(text, where="body")
    assert not BOOK.match(text, where="body", language="ja")


def test_a_users_rules_are_tried_first_and_only_on_their_site(tmp_path: Path) -> None:
    book = load_rules(write(tmp_path, GOOD))
    text = "Gazette Club: sign in to continue"
    own = book.match(text, where="body", site="www.gazette.example")
    assert own is not None
    assert own.id == "gazette.club"
    for site in (None, "notgazette.example", "gazette.example.org"):
        other = book.match(text, where="body", site=site)
        assert other is not None
        assert other.id != "gazette.club"


def test_a_selector_names_elements_of_its_site(tmp_path: Path) -> None:
    rule = (
        '[[rule]]\nid = "gazette.box"\nreason = "related_links"\nsites = '
        '["gazette.example"]\nselector = "aside.more > ul"\n'
    )
    book = load_rules(write(tmp_path, rule))
    assert [r.selector for r in book.selectors("news.gazette.example")] == ["aside.more > ul"]
    assert book.selectors("elsewhere.example") == ()
    assert book.selectors(None) == ()


def test_a_long_block_is_left_alone() -> None:
    assert (
        BOOK.match(
            "Sign up for our newsletter. " + "The harbour was calm and the boats lay still. " * 60,
            where="tail",
        )
        is None
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ('reason = "subscription_prompt"', 'reason = "nonsense"', 2, '"nonsense" is none of'),
        ('id = "gazette.club"\n', "", 2, '"id" is missing'),
        ("pattern =", "patern =", 2, 'unknown key "patern"'),
        ("'\\bgazette club\\b'", "'(gazette'", 2, "no regular expression"),
        ("'\\bgazette club\\b'", "'x*'", 2, "matches the empty text"),
        ("'\\bgazette club\\b'", "'gazette society'", 2, "does not cut its own example"),
        ("'\\bgazette club\\b'", "'gazette'", 2, "cuts what it should keep"),
        (
            'keeps = ["The gazette opened a club."]',
            "",
            2,
            "at least one text it cuts and one it keeps",
        ),
        ('sites = ["gazette.example"]', 'where = "middle"', 2, '"where" is "middle"'),
        ('sites = ["gazette.example"]', "limit = 0", 2, '"limit" must be'),
        ('sites = ["gazette.example"]', 'selector = "div"', 2, "stands without pattern"),
        ("cuts = [", "cuts = ,[", 7, "is not TOML"),
        ('id = "gazette.club"', 'id = "share.button"', 2, "already used"),
        ("[[rule]]", "[rules]", 1, "something else than"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    assert before in GOOD
    file = write(tmp_path, GOOD.replace(before, after))
    with pytest.raises(RuleError) as caught:
        load_rules(file)
    assert (caught.value.file, caught.value.line) == (file, line)
    assert said in caught.value.reason


def test_the_line_is_that_of_the_rule_at_fault(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        f"# mine\n{GOOD}\n{GOOD.replace('club', 'tea').replace('subscription_prompt', 'nothing')}",
    )
    with pytest.raises(RuleError, match=r"mine\.toml:12: rule \"gazette\.tea\""):
        load_rules(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load_rules(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("^a|b", ["^a", "b"]),
        (r"(a|b)c|[|)]d|\|e\(f", ["(a|b)c", "[|)]d", r"\|e\(f"]),
        (r"[]|]x|[^]|]y", ["[]|]x", "[^]|]y"]),
        ("", [""]),
    ],
)
def test_a_pattern_is_parted_between_brackets_only(pattern: str, parts: list[str]) -> None:
    assert split_alternatives(pattern) == parts


def test_a_parted_pattern_finds_what_the_whole_finds() -> None:
    texts = [
        folded(text) for rule in BOOK.rules for text in (*rule.cuts, *rule.keeps, *rule.lines[:5])
    ]
    for rule in BOOK.rules:
        whole, parted = re.compile(rule.pattern), searcher(rule.pattern)
        for text in texts[:: 1 + len(texts) // 150]:
            assert bool(parted(text)) == bool(whole.search(text)), (rule.id, text)


@pytest.mark.parametrize("pattern", [r"(a)|(b)\2", "(?P<x>a)|c(?P=x)?b", "(?i)^a|B"])
def test_a_pattern_that_counts_its_groups_is_kept_whole(pattern: str) -> None:
    parted, whole = searcher(pattern), re.compile(pattern)
    for text in ("a", "bb", "cb", "b", "xB", "A"):
        assert bool(parted(text)) == bool(whole.search(text))


def test_the_book_is_asked_once_of_a_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matching is a good part of the cost of cleaning."""
    asked: Counter[str] = Counter()
    find = RuleBook._find

    def counted(self: RuleBook, text: str, among: frozenset[int] | None = None) -> tuple[Rule, ...]:
        asked[text] += 1
        return find(self, text, among)

    monkeypatch.setattr(RuleBook, "_find", counted)
    paragraphs = [f"The ferry left harbour {at} as the tide turned. " * 5 for at in range(8)]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    menu = "<div>The menu of the day in the harbour kitchen, as the cook wrote it down.</div>"
    cleaned = clean_page(f"<html><body>{menu}<article><h1>Ferry</h1>{body}</article></body></html>")
    assert cleaned.text.count("\n") == 7
    assert set(asked.values()) == {1}
