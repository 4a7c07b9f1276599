"""Bytes of any encoding come out as the right letters, or flagged."""

from __future__ import annotations

import pytest

from flows.clean import clean_page
from flows.clean.decode import c1_to_letters, charset_of, decode, is_binary, repair_mojibake

CURLY = "“Nothing’s final,” she said – the vote’s on Tuesday…"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_curly_quotes_survive_any_encoding_without_a_word_about_it(codec: str) -> None:
    text = f"<p>{CURLY}</p>" * 8
    assert decode(text.encode(codec), declared=None) == (text, ())


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", CURLY),  # what browsers mean by Latin-1
        ("windows-1251", "cp1251", "Совет решит завтра, сказал мэр."),
        ("ISO-8859-2", "iso-8859-2", "Rada rozhodne zítra, řekl starosta města Žďár."),
        ("gb2312", "gb18030", "市议会明天表决，镕基说。"),
        ("Shift_JIS", "cp932", "議会は明日決めると市長①は述べた。"),
        ("euc-kr", "cp949", "의회는 내일 결정한다고 시장이 말했다."),
        ("big5", "big5hkscs", "議會明天決定，市長說。"),
    ],
)
def test_a_declared_encoding_is_obeyed(declared: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), declared=declared)[0] == text
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{text}'
    assert decode(page.encode(codec), declared=None)[0] == page


def test_valid_utf8_is_utf8_whatever_was_declared() -> None:
    text = "Zoë’s café — naïve"
    assert decode(text.encode(), declared="iso-8859-1") == (text, ())
    assert decode(text.encode(), declared="no-such-charset") == (text, ())


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html", None),
        ("text/html; charset=no-such", None),
        ("text/html; charset=utf-16", None),
        ("text/html; charset = 'ISO-8859-2'", "ISO-8859-2"),
        ("text/html; charset=none, text/html; charset=iso-8859-2", "iso-8859-2"),
        ("text/html; charset=iso-8859-2; charset=utf-8", "iso-8859-2"),
    ],
)
def test_the_first_charset_of_a_header_that_exists_counts(header: str, charset: str | None) -> None:
    assert charset_of(header) == charset


def test_a_page_is_read_by_the_charset_of_a_malformed_header() -> None:
    text = "Łódź osiadła na mieliźnie przy wejściu do portu, mówi kapitan. " * 4
    page = f"<html><body><article><p>{text}</p></article></body></html>".encode("iso-8859-2")
    headers = {"Content-Type": "text/html; charset=none; charset=iso-8859-2"}
    assert clean_page(page, headers=headers).text == text.strip()


def test_foreign_bytes_in_a_utf8_page_are_read_as_windows_1252() -> None:
    mixed = (
        "Ålesund: “open”. ".encode()
        + "“closed”, it’s said. ".encode("cp1252")
        + "Tromsø… — ‘ja’".encode()
    )
    assert decode(mixed, declared="utf-8") == (
        "Ålesund: “open”. “closed”, it’s said. Tromsø… — ‘ja’",
        ("encoding_repaired",),
    )


def test_utf8_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    text, flags = decode(
        ("Höfe und Gärten, Bäche und Brücken " * 5 + "für").encode()[:-2], declared=None
    )
    assert text.startswith("Höfe und Gärten")
    assert flags == ("encoding_repaired",)


def test_doubly_encoded_text_is_mended_where_that_is_certain() -> None:
    garbled = "The mayor’s “final” word, naïve or not.".encode().decode("cp1252", "replace")
    text, left, mended = repair_mojibake(garbled.replace("�", "\x9d"))
    assert "mayor’s" in text
    assert mended
    assert not left


def test_letters_that_cannot_be_put_right_are_flagged() -> None:
    text, flags = decode("Itâ€™ s a ï¿½ï¿½ day, ï¿½ she said ï¿½.".encode(), declared=None)
    assert "mojibake" in flags, text


def test_c1_controls_are_what_windows_means_by_them() -> None:
    assert c1_to_letters("it\x92s \x93so\x94") == "it’s “so”"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_no_zero_characters_are_left(codec: str) -> None:
    content = "Fähre\0 um sieben".encode(codec)
    assert decode(content, declared=codec)[0] == "Fähre um sieben"


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"\x1f\x8b\x08", b"PK\x03\x04", bytes(range(32)) * 20]
)
def test_binary_content_is_told_from_text(head: bytes) -> None:
    assert is_binary(head)


@pytest.mark.parametrize("text", ["plain\tand\r\nsimple", "<html>ünï</html>", ""])
def test_text_is_not_binary(text: str) -> None:
    assert not is_binary(text.encode())
    assert not is_binary(text.encode("utf-16"))
