"""Every folder of a language is complete and shows itself on sentences of ours."""

from __future__ import annotations

import re
import tomllib

import pytest

from flows.annotate import annotate
from flows.annotate.languages.load import FOLDER, ORDERS, PHRASES, codes, examples, load, parse
from flows.annotate.quotes import find_quotes
from flows.annotate.recogniser import builtin

NEEDED = ("name", "order", "marks", "according", "bodies", "months", "so_called", "works")
SPACED = ("stops", "time_words", "joins")

ASKED_FOR = "ar cs da de el en es fa fr he hi hu id it ja ko nb nl pl pt ro ru sv tr uk vi zh"


def test_the_languages_of_the_docs_have_folders() -> None:
    assert set(ASKED_FOR.split()) <= set(codes())
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] != "_"} == set(
        codes()
    )


@pytest.mark.parametrize("code", codes())
def test_a_folder_is_complete(code: str) -> None:
    language = load(code)
    needed = NEEDED + (SPACED if language.is_spaced else ())
    raw = tomllib.loads((FOLDER / code / "words.toml").read_text("utf-8"))
    missing = [key for key in needed if not raw.get(key)]
    if code == "vi":  # a body is no listed word there: its words are those of other nouns
        missing = [key for key in missing if key not in ("bodies", "months")]
    assert missing == [], missing
    assert language.order in ORDERS
    assert all(len(set(raw.get(key, ()))) == len(raw.get(key, ())) for key in PHRASES)
    assert all(len(pair) == 2 for pair in language.marks + language.title_marks)
    assert language.roles or (language.roles_he and language.roles_she)
    assert language.says or language.says_phrases
    pronouns = language.he | language.she | language.third
    assert pronouns
    assert len(examples(code)) >= 4


@pytest.mark.parametrize("code", codes())
def test_a_language_shows_direct_and_indirect_speech_and_a_speaker(code: str) -> None:
    found = [quote for example in examples(code) for quote in example["quotes"]]
    assert any(quote["kind"] == "direct" and "speaker" in quote for quote in found)
    if code not in WITHOUT_INDIRECT:
        assert any(quote["kind"] == "indirect" for quote in found)


WITHOUT_INDIRECT = {"ko"}
"""Marks reported speech by endings of its verb, which the engine does not read."""


@pytest.mark.parametrize("code", codes())
def test_examples(code: str) -> None:
    for example in examples(code):
        mentions = builtin(example["text"], code) if code == "en" else ()
        found = [(q.text, q.speaker, q.kind) for q in find_quotes(example["text"], mentions, code)]
        expected = [(q["text"], q.get("speaker"), q["kind"]) for q in example["quotes"]]
        assert (example["text"], found) == (example["text"], expected)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown key 'verbs'"):
        parse("xx", {"name": "None", "verbs": "say"})


def test_stems_unfold_with_their_endings() -> None:
    language = parse("xx", {"says_stems": {"a ó": "cont habl"}, "says": "dijo"})
    assert language.says == {"conta", "contó", "habla", "habló", "dijo"}


def test_a_language_without_a_folder_has_its_marks_and_no_speakers() -> None:
    text = "« Hor ez dago inor gure galderei erantzuteko », esan zuen Ane Etxabek atzo."
    (found,) = find_quotes(text, (), "eu")
    assert (found.text[:6], found.speaker) == ("Hor ez", None)


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        # a text that opens inside a quotation
        (
            "fr",
            "rien n’est vendu », dit-il. Le port dort. « Demain, nous verrons bien », dit-il.",
            2,
        ),
        # a mark that nothing closes ends with its paragraph
        ("es", "El alcalde dijo: “Nadie nos ha preguntado nada.\nLa grúa sigue rota.", 1),
        # titles in their own marks
        ("zh", "市长说他喜欢《潮汐与风》这本书和所有的电影。", 0),
        # a speaker inside the marks, another quotation within them
        ("it", "«Ha detto “basta”, assicura Gino Marea. E basta sia».", 1),
        # marks turned outwards
        (
            "da",
            "»Vi venter stadig på svar«, siger Else Rundholm. Havnen er lukket. »Det er slut«.",
            2,
        ),
    ],
)
def test_marks_never_turn_narration_into_speech(code: str, text: str, found: int) -> None:
    quotes = [quote for quote in find_quotes(text, (), code) if quote.kind != "indirect"]
    assert len(quotes) == found
    for quote in quotes:
        assert not any(word in quote.text for word in ("port dort", "grúa", "Havnen"))


def test_paragraphs_that_reopen_are_one_quotation() -> None:
    text = "„Wir warten seit zehn Jahren.\n„Und wir warten weiter“, sagte Markus Dorn am Hafen."
    (found,) = find_quotes(text, (), "de")
    assert found.text.startswith("Wir warten")
    assert found.text.endswith("warten weiter")
    assert found.speaker == "Markus Dorn"


def test_a_sentence_label_is_no_speaker() -> None:
    text = "Neue Wege: Die Hafenbehörde will am Kran festhalten. „Wir brauchen ihn noch lange.“"
    (found,) = find_quotes(text, builtin(text, "de"), "de")
    assert found.speaker == "Die Hafenbehörde"


def test_a_noun_at_the_head_of_a_german_sentence_is_no_speaker() -> None:
    text = (
        "Kurt Halm leitet den Hafen. Kritik übt die Werft.\n"
        "Heftig kritisiert Halm die „völlig falsche Rechnung“ der Werft."
    )
    (found,) = find_quotes(text, builtin(text, "de"), "de")
    assert found.speaker == "Kurt Halm"


@pytest.mark.parametrize("code", [code for code in codes() if load(code).auxiliaries])
def test_marks_right_behind_an_auxiliary_do_no_harm(code: str) -> None:
    language = load(code)
    opening, closing = tuple(language.marks[0])
    for word in sorted(language.auxiliaries):
        find_quotes(f"Quill {word} {opening}Salt{closing} {word} {opening}Salt{closing}.", (), code)


INTERVIEWS = {
    "de": "Markus Dorn leitet den Hafen.\nEcho: Warum ist er zu?\nMarkus Dorn: Der Kran ist alt.\n"
    "Und es fehlt Geld.\nEcho: Wann öffnet er?\nDorn: Im Sommer.",
    "fr": "Paul Estrel dirige le port.\nQuestion : Pourquoi est-il fermé ?\n"
    "Réponse : La grue est vieille.\nEt l’argent manque.\n"
    "Question : Quand rouvrira-t-il ?\nRéponse : En été.",
    "ru": "Пётр Маков руководит портом.\n«Маяк»: Почему он закрыт?\nПётр Маков: Кран старый.\n"
    "И денег нет.\n«Маяк»: Когда он откроется?\nМаков: Летом.",
    "zh": "王海潮局长掌管港口。\n记者：为什么关闭？\n王海潮：起重机太旧了。\n"
    "也没有钱。\n记者：什么时候开放？\n王海潮：夏天。",
    "ja": "港湾局の佐久間礼子局長は記者に答えた。\n記者：なぜ閉鎖ですか。\n"
    "佐久間：クレーンが古いからです。\nお金もありません。\n記者：いつ再開しますか。\n佐久間：夏です。",
}


@pytest.mark.parametrize("code", INTERVIEWS)
def test_answers_of_an_interview_are_quotations(code: str) -> None:
    text = INTERVIEWS[code]
    intro, _, answer, more, _, last = text.split("\n")
    found = find_quotes(text, (), code)
    said = [re.split("[:：] ?", line)[1] for line in (f"{answer}\n{more}", last)]
    assert [q.text for q in found] == said
    assert len({q.speaker for q in found}) == 1
    assert (found[0].speaker or "nobody") in intro


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Ort: Hafen\nZeit: Montag\nOrt: Werft\nPreis: fünf Euro"),
        ("es", "Lugar: el puerto\nHora: a las ocho\nLugar: el muelle\nPrecio: cinco euros"),
        (
            "de",
            "Kai Holm tritt an.\nPlatz eins: Kai Holm\nPlatz zwei: Ada Quill\nPlatz eins: offen",
        ),
    ],
)
def test_lists_with_labels_are_no_interviews(code: str, text: str) -> None:
    assert find_quotes(text, (), code) == ()


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("de", "„Wir warten nicht“, sagte Ada Quill und Tom Reeve nickte.", "Ada Quill"),
        ("de", "Ada Quill traf Tom Reeve und Kai Holm sagte: „Wir warten nicht.“", "Kai Holm"),
        ("fr", "« Nous restons », a dit Louise Harvan et la foule a applaudi.", "Louise Harvan"),
        ("es", "«No hay remedio», dijo Ramón Ortega y Marín.", "Ramón Ortega y Marín"),
        ("nl", "‘Wij wachten’, zei Anna Kroon en Piet Draaier knikte.", "Anna Kroon"),
    ],
)
def test_an_and_does_not_always_join_speakers(code: str, text: str, speaker: str) -> None:
    (found,) = find_quotes(text, (), code)
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("de", "„Wir warten nicht“, so Kern. Später sagte er: „Wir sparen nun.“", "Kern"),
        ("fr", "« Nous restons », a dit Morel. Il a ajouté : « Nous attendons. »", "Morel"),
        # an organisation or a place is no "he"
        ("de", "„Wir warten nicht“, so die UNO. Später sagte er: „Wir sparen nun.“", None),
    ],
)
def test_whoever_is_called_by_surname_alone_may_be_he(
    code: str, text: str, speaker: str | None
) -> None:
    assert find_quotes(text, builtin(text, code), code)[-1].speaker == speaker


def test_joint_speakers_have_their_full_names() -> None:
    text = "Ada Quill und Tom Reeve sind da. „Er bleibt zu“, sagten Quill und Reeve am Montag."
    (found,) = find_quotes(text, builtin(text, "de"), "de")
    assert (found.speaker, found.speaker_surface) == ("Ada Quill und Tom Reeve", "Quill und Reeve")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("「港は閉鎖しない」という方針を市は示した。", None),
        ("市長は「港は閉鎖しない」という。", "市長"),
        ("「港は閉鎖しない」との考えを佐久間礼子市長は示した。", "佐久間礼子"),
    ],
)
def test_a_japanese_particle_is_no_speaker(text: str, speaker: str | None) -> None:
    assert {quote.speaker for quote in find_quotes(text, (), "ja")} - {None} == {speaker} - {None}


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("fr", "Le maire de Londres a déclaré : « La grue est vieille. »", "Le maire de Londres"),
        ("de", "Die Polizei in Moskau sagte: „Der Kran ist alt.“", "Die Polizei in Moskau"),
        ("es", "El alcalde de Londres declaró: «La grúa es vieja».", "El alcalde de Londres"),
    ],
)
def test_an_office_keeps_the_words_of_its_language(code: str, text: str, speaker: str) -> None:
    (found,) = annotate(text, language=code).quotes
    assert found.speaker == speaker


BUT = {
    "de": ("Aber die Ministerin Ada Quill sagte: „Das Geld reicht nicht aus.“", "Ada Quill"),
    "fr": ("Mais la ministre Ada Quill a déclaré : «L’argent ne suffit pas.»", "Ada Quill"),
    "nl": ("Maar minister Ada Quill zei: “Het geld is niet genoeg.”", "Ada Quill"),
    "sv": ("Men minister Ada Quill sade: ”Pengarna räcker inte till.”", "Ada Quill"),
    "ru": ("Но министр Ада Орлова сказала: «Денег не хватит никому.»", "Ада Орлова"),
}


@pytest.mark.parametrize("code", BUT)
def test_what_opens_a_sentence_governs_nothing(code: str) -> None:
    text, speaker = BUT[code]
    assert [quote.speaker for quote in annotate(text, language=code).quotes] == [speaker]


def test_a_preposition_still_governs() -> None:
    text = "Nach Ministerin Ada Quill sagte Tom Reeve: „Das Geld reicht nicht aus.“"
    assert [quote.speaker for quote in annotate(text, language="de").quotes] == ["Tom Reeve"]
