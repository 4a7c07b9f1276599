"""Entities in languages other than English."""

from __future__ import annotations

import pytest

from flows.annotate.entities.lexicon import fold
from flows.annotate.entities.world import find_names
from flows.annotate.entities.world.gazetteer import gazetteer
from flows.annotate.entities.world.scripts import latin
from flows.annotate.recogniser import load_recogniser

GERMAN = (
    "Der Landrat Klaus Schneider hat die Entscheidung über die Brücke verteidigt. Die Kosten seien"
    " hoch, sagte Schneider am Montag im Rathaus. Die Bürgermeisterin Anna von Berger widersprach:"
    " Das Amt habe in Berlin nicht gefragt."
)


def people(text: str, language: str) -> list[str]:
    return [text[m.start : m.end] for m in find_names(text, language) if m.label == "PERSON"]


def test_a_given_name_and_a_word_that_is_no_noun_of_the_text_are_a_person() -> None:
    assert people("Am Freitag trat Silwe Hallwig zurück.", "de") == []
    assert people("Am Freitag trat Uwe Hallwig zurück.", "de") == ["Uwe Hallwig"]
    assert people("Am Freitag öffnete die Rosa Hallwig wieder.", "de") == []
    assert people("Am Freitag trat Uwe Hallwig auf, denn hallwig war er.", "de") == []


def test_people_and_capitals_are_found_and_nouns_are_not() -> None:
    found = [(GERMAN[m.start : m.end], m.label, m.name) for m in find_names(GERMAN, "de")]
    assert found == [
        ("Klaus Schneider", "PERSON", "Klaus Schneider"),
        ("Schneider", "PERSON", "Klaus Schneider"),
        ("Anna von Berger", "PERSON", "Anna von Berger"),
        ("Berlin", "GPE", "Berlin"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Die Umweltministerin Gesche Ottersbach kam nicht; Ottersbach war krank.",
            ["Gesche Ottersbach", "Ottersbach"],
        ),
        (
            "de",
            "Das sagte die Leiterin der Schule, Tomke Aydın-Vogelsang.",
            ["Tomke Aydın-Vogelsang"],
        ),
        (
            "de",
            "Der CDU-Mann Klaus Schneider und UN-Sprecherin Anna Berger schwiegen.",
            ["Klaus Schneider", "Anna Berger"],
        ),
        ("fr", "Le ministre Aurélien Castagnac a refusé de venir.", ["Aurélien Castagnac"]),
        ("es", "El presidente Joaquín Arrizabengoa viajó a Lima.", ["Joaquín Arrizabengoa"]),
        ("it", "La sindaca Ottavia Brusadelli non ha risposto.", ["Ottavia Brusadelli"]),
        ("pt", "A ministra Leonilde Sobreda visitou a escola.", ["Leonilde Sobreda"]),
        (
            "nl",
            "Gisteren zei Maria Kwakkelstein (46) niets. Later lachte Kwakkelstein.",
            ["Maria Kwakkelstein", "Kwakkelstein"],
        ),
        ("pl", "Rzeczniczka Bożena Krzywnicka nie odpowiedziała.", ["Bożena Krzywnicka"]),
        ("ru", "Министр Аркадий Верстовцев прибыл утром.", ["Аркадий Верстовцев"]),
        ("de", "Das Thema Wasserwerk bleibt, und nicht jedes Mal ist es klar.", []),
        ("de", "Der Präsident der Bank blieb. Die Sitzung dauerte.", []),
    ],
)
def test_people_are_found(language: str, text: str, expected: list[str]) -> None:
    assert people(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "name", "label"),
    [
        ("de", "Die Minister reisten am Abend nach Deutschland zurück.", "Germany", "GPE"),
        ("fr", "Les ministres sont rentrés en Allemagne dans la soirée.", "Germany", "GPE"),
        ("ru", "Министры вечером вернулись в Германию.", "Germany", "GPE"),
        ("es", "La cumbre se celebró en Moscú el jueves.", "Moscow", "GPE"),
        ("pl", "Rozmowy odbyły się w Moskwie w czwartek.", "Moscow", "GPE"),
        ("fr", "L’ONU a publié un rapport.", "United Nations", "ORG"),
        ("ru", "Вчера ООН опубликовала доклад.", "United Nations", "ORG"),
        ("de", "Am Freitag tagte die NATO erneut.", "North Atlantic Treaty Organization", "ORG"),
    ],
)
def test_known_names_have_the_name_that_english_texts_give_them(
    language: str, text: str, name: str, label: str
) -> None:
    assert (name, label) in {(m.name, m.label) for m in find_names(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        (
            "de",
            "Die russischen Händler trafen Franzosen und Ukrainerinnen.",
            "Russian French Ukrainian",
        ),
        ("fr", "Des pêcheurs espagnols et une équipe allemande sont là.", "Spanish German"),
        ("es", "Los agricultores franceses y una empresa china pactaron.", "French Chinese"),
        ("it", "Le autorità tedesche e i soccorritori greci sono arrivati.", "German Greek"),
        ("pt", "As empresas brasileiras e os turistas alemães voltaram.", "Brazilian German"),
        ("nl", "De Russische boten en de Duitse vissers voeren uit.", "Russian German"),
        ("de", "Sie reisten nach Polen und in die Schweiz.", ""),
    ],
)
def test_peoples_have_their_english_name(language: str, text: str, people: str) -> None:
    found = [m.name for m in find_names(text, language) if m.label == "NORP"]
    assert found == people.split()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "قالت الوزيرة سلمى الكروي إن الميناء مفتوح.", ("PERSON", "سلمى الكروي")),
        ("ar", "وصل الوفد إلى القاهرة مساء أمس.", ("GPE", "Cairo")),
        ("ar", "نشرت الأمم المتحدة تقريرا.", ("ORG", "United Nations")),
        ("he", "שר התחבורה דוד ברקוביץ ביקר בנמל.", ("PERSON", "דוד ברקוביץ")),
        ("hi", "मंत्री अनिल कुमार ने पुल का उद्घाटन किया।", ("PERSON", "अनिल कुमार")),
        ("hi", "कृषि मंत्रालय ने नई योजना की घोषणा की।", ("ORG", "कृषि मंत्रालय")),
        ("ja", "田中健一社長は「工場は閉鎖しない」と述べた。", ("PERSON", "田中健一")),
        ("ja", "首脳会談はドイツで開かれた。", ("GPE", "Germany")),
        ("ko", "김도현 시장은 다리를 다시 열겠다고 말했다.", ("PERSON", "김도현")),
        ("ko", "회담은 독일에서 열렸다.", ("GPE", "Germany")),
        ("zh", "市长周文博说，大桥将于五月开放。", ("PERSON", "周文博")),
        ("zh", "德国外交部长周三抵达北京。", ("GPE", "Germany")),
        ("zh", "聯合國發表了報告。", ("ORG", "United Nations")),
    ],
)
def test_names_without_capitals(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in {(m.label, m.name) for m in find_names(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "昨日の夕方は雨が強く、人々は家にいた。"),
        ("ko", "어제 저녁에는 비가 많이 내렸다."),
        ("zh", "昨天晚上下了一场大雨，人们都待在家里。"),
        ("ar", "كان المطر غزيرا مساء أمس."),
        ("hi", "कल शाम तेज बारिश हुई और लोग घर में रहे।"),
        ("he", "אתמול בערב ירד גשם חזק."),
        ("de", "B" + "a" * 400_000),
        ("de", "Das Essen in der Halle war gut, und niemand nahm sich die Zeit mit der Wahl."),
        ("fr", "Selon la direction, rien ne change pour les salariés de la société."),
        ("es", "La empresa dijo que no habrá despidos este año en la planta."),
        ("ru", "Вчера вечером дождь залил улицы и дворы."),
        ("de", ""),
        ("fr", "\n\n« »"),
    ],
)
def test_words_are_no_names(language: str, text: str) -> None:
    assert find_names(text, language) == ()


def test_the_builtin_recogniser_reads_each_text_in_its_language() -> None:
    builtin = load_recogniser()
    assert builtin(GERMAN, "de") == find_names(GERMAN, "de")
    english = "The mayor of Port Ellery, Marta Quilliam, said on Monday that the bridge was closed."
    assert "Marta Quilliam" in {m.name for m in builtin(english, "en")}


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("ja", "東京"),
        ("ja", "カタカナ"),
        ("ja", "a9B"),
        ("zh", "部长王"),
        ("ko", "김"),
        ("ar", "وب"),
        ("hi", "क"),
        ("de", "Xy-"),
        ("ru", "Ж"),
    ],
)
def test_long_stretches_hold_no_long_names(language: str, piece: str) -> None:
    start = {"ja": "これは。", "zh": "这是。", "ko": "이것은 ", "ru": "Это "}.get(language, "")
    text = start + piece * (20_000 // len(piece))
    assert all(m.end - m.start <= 120 for m in find_names(text, language))


def test_a_given_name_behind_a_title_takes_its_surname_along() -> None:
    def people(text: str) -> list[str]:
        return [text[m.start : m.end] for m in find_names(text, "de") if m.label == "PERSON"]

    assert people("Landrat Ottmar Freudensprung wies die Kritik zurück.") == [
        "Ottmar Freudensprung"
    ]
    assert people("Landrat Ottmar wies die Kritik zurück.") in ([], ["Ottmar"])


def test_kings_and_popes_go_by_their_given_name() -> None:
    def people(text: str) -> list[str]:
        return [text[m.start : m.end] for m in find_names(text, "de") if m.label == "PERSON"]

    assert people("König Karl Krone glänzte im Licht, und die Menge schwieg.") == ["Karl"]
    assert people("Am Montag besuchte Prinz Karl Schulen in der Stadt.") == ["Karl"]
    assert people("Am Montag besuchte Papst Johannes Paul die Stadt.") == ["Johannes Paul"]
    assert people("Am Montag sagte Ministerin Anna Vogt, der Hafen bleibe zu.") == ["Anna Vogt"]


def test_reading_a_list_leaves_no_words_in_memory() -> None:
    memories = [function.__self__ for function in (fold, latin)]  # type: ignore[attr-defined]
    before = [dict(memory) for memory in memories]
    assert gazetteer.__wrapped__("greek").kinds
    assert memories == before
