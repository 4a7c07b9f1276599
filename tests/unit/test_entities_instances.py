"""Names of people and bodies that the model reads wrong, and cases that look like them."""

from __future__ import annotations

import pytest

from flows.annotate import annotate, name_entities


def names(text: str, label: str) -> list[str]:
    return [m.name for m in name_entities(text, language="en").mentions if m.label == label]


PEOPLE = [
    # the generation stands behind the name, a comma before it or not
    (
        "Roland T. Biggs, Jr., the owner of the mine, wept. Mr. Biggs left.",
        ["Roland T. Biggs Jr."] * 2,
    ),
    (
        "Desmond Achebe III was fined. His father, Desmond Achebe II, was not.",
        ["Desmond Achebe III", "Desmond Achebe II"],
    ),
    # a family name that stands first, and is a word
    (
        "Park Min-seo beat Kim Ji-woo on Friday. Park cried, and Kim smiled.",
        ["Park Min-seo", "Kim Ji-woo", "Park Min-seo", "Kim Ji-woo"],
    ),
    (
        "Park Min-seo beat Kim Ji-woo on Friday. Park rangers closed it.",
        ["Park Min-seo", "Kim Ji-woo"],
    ),
    # names of words, by what their bearers do and beside whom they stand
    (
        "June Waters and Will Power met Grace Hope at the gate of the hall.",
        ["June Waters", "Will Power", "Grace Hope"],
    ),
    # a town behind "in", and one that is a given name
    ("In Oslo Ada Quill said the quay is old.", ["Ada Quill"]),
    ("It rained. They had met in London John Miller of the port.", ["John Miller"]),
    ("It rained. In Madison Grace Quill spoke.", ["Madison Grace Quill"]),
    ("It rained. In Oslo Quill Harbour was shut.", []),
    ("Chelsea Manning wept when the judge had left the court.", ["Chelsea Manning"]),
    ("Omar Said said the crane was safe.", ["Omar Said"]),
    ("In April summers are dry here. Will power helps. May rivers rose.", []),
    ("The crew closed Grace Street on Monday. Grace Street closed at noon.", []),
    # two given names before one surname
    (
        "David Harrow left. The shop of David and Jeanne Lund closed.",
        ["David Harrow", "David Lund", "Jeanne Lund"],
    ),
    (
        "Anna Prell left. Anna and Peter Holm came. Anna wept.",
        ["Anna Prell", "Anna Prell", "Peter Holm", "Anna Prell"],
    ),
    ("Bill and Lena Orrin gave a house. The bill passed.", ["Bill Orrin", "Lena Orrin"]),
    ("Bills and Lena Orrin's house are old.", ["Lena Orrin"]),
    # a junior behind a title, and somebody whose name ends so
    (
        "Warren Pell Sr. left. Warren Pell Jr. came. Mr. Pell Jr. wept.",
        ["Warren Pell Sr.", "Warren Pell Jr.", "Warren Pell Jr."],
    ),
    ("Neymar Jr. won. Neymar Jr. left.", ["Neymar Jr."] * 2),
    # what somebody is known as
    ("Lena Orrin, known as Lee, left. Lee wept.", ["Lena Orrin"] * 3),
    ("Lena Orrin met Peter Lee. Lee wept.", ["Lena Orrin", "Peter Lee", "Peter Lee"]),
    ("Min-jun Kim spoke. Kim and Peter Holm met.", ["Min-jun Kim", "Min-jun Kim", "Peter Holm"]),
    # "Harwick Moor" is where somebody is from, and no feast is a person unless somebody bears it
    ("A 52 year old Harwick Moor woman met a Harwick Moor man.", []),
    ("The 52 year old Lena Moor met a woman.", ["Lena Moor"]),
    ("Shops open before Christmas and close at Easter.", []),
    ("Noel Easter spoke. Easter said he was glad.", ["Noel Easter"] * 2),
    ("The Hague is old. The Bronx is cold.", []),
    ("William Hague left The Hague. Hague wept.", ["William Hague"] * 2),
    # behind an honour, before a sum, and behind a place and "of"
    ("The reigning Auburn All-American Kyle Moor jumped 2.1 metres.", ["Kyle Moor"]),
    ("Auburn All-American Moor Hall opened.", []),
    ("The judge fined Carl R. Dunleavy $400. It cost US $4.", ["Carl R. Dunleavy"]),
    ("A shooting in Oslo of Kimon Galanis, 15, was the first.", ["Kimon Galanis"]),
    ("A shooting in Oslo of Alkandros Galanopoulos, 15, was it.", ["Alkandros Galanopoulos"]),
    ("R. Peter Lasky sang. Paul Lasky left.", ["R. Peter Lasky", "Paul Lasky"]),
    ("Police held a 22-year-old Ashby Cross teacher.", []),
    ("The Post heard that Tarrick’ s lawyer, Ana Ruiz, said she was ill.", ["Tarrick", "Ana Ruiz"]),
    # before minutes, scores and dates, on both sides of a headline's verb; no heads of columns
    ("Joakim Perrin 81st minute. Cal Dempsey 42-40.", ["Joakim Perrin", "Cal Dempsey"]),
    ("Bernie Sandel Burns Hillary Quill With First Poll", ["Bernie Sandel", "Hillary Quill"]),
    ("COASTAL GROUP P W D L F A NEW HARWICK 9 4 0", []),
    ("He held anti-Tarrant signs. Owen Tarrant wept.", ["Owen Tarrant"] * 2),
    # a firm goes by the first word of its name, but for whom a title makes a person
    ("Dovrick Motor Corp recalled 900 cars. Dovrick said the brakes failed.", []),
    ("Mr. Dovrick owns Dovrick Motor Corp. Dovrick wept.", ["Dovrick"] * 2),
    # between commas, behind what only a person is
    ("Her spokeswoman, AnnLee Strand, left.", ["AnnLee Strand"]),
    ("Her lawyer, Strand Harbour Trust, left.", []),
    # behind a role in capitals, an age, or "from"
    (
        "Vice President Billy Crane met General Manager Omar Said.",
        ["Billy Crane", "Omar Said"],
    ),
    ("Police held 23-year old Vish Suran of Tollmere.", ["Vish Suran"]),
    ("A 52 year old Ash Grove woman was held.", []),
    ("She took over from Matt Holden. The crew left.", ["Matt Holden"]),
    ("The crew came from Port Holden on Monday.", []),
    ("The next spring, Harrowing, now 44, stood before a judge.", ["Harrowing"]),
    ("The Ada Quill Circuit opened. Ada Quill wept.", ["Ada Quill"]),
    ("The Okoro administration sued. He backs the Okoro agenda.", ["Okoro", "Okoro"]),
    ("The climate agenda is dead. The City administration sued.", []),
    ("Michael Orrin’s Congressional hearing began.", ["Michael Orrin"]),
    ("The deal lapsed on June 30, 22, the board said.", []),
    # a word that opens a sentence and says something
    ("White said the crane was safe.", ["White"]),
    ("Police said so. Management said no. Critics added that the white crane fell.", []),
    ("White said no: the white crane fell.", []),
    ("The board on Monday said the crane was safe.", []),
    # a title of a person
    ("Rep. Lee Park, D-Ore., met the crew.", ["Lee Park"]),
    # a relative by given name alone has the surname of whose relative it is
    (
        "Rep. Owen Trent, R-Calif., and his wife, Marta, were charged. Marta wept.",
        ["Owen Trent", "Marta Trent", "Marta Trent"],
    ),
    (
        "Mr. Cowell's wife, Stacy, came. William Cowell spoke.",
        ["William Cowell", "Stacy Cowell", "William Cowell"],
    ),
    (
        "Owen Trent met his wife, Marta Ruiz, in May. Marta wept.",
        ["Owen Trent", "Marta Ruiz", "Marta Ruiz"],
    ),
    ("Edgar and his wife, Ottilie, came.", ["Edgar", "Ottilie"]),
    (
        "Rosa Fenwick and her husband, Edgar, came. Prince Edgar spoke.",
        ["Rosa Fenwick", "Edgar", "Edgar"],
    ),
    ("Lena Orr told Owen Trent that her sister, Ida, left.", ["Lena Orr", "Owen Trent", "Ida"]),
    # a son is not his father, and a widow not her husband
    (
        "Jerry Ortega was shot. It is over, said Jeremy Ortega, one of the deputy's sons.",
        ["Jerry Ortega", "Jeremy Ortega"],
    ),
    ("Vera Quill, Sen. Quill's widow, came too.", ["Vera Quill", "Quill"]),
    (
        "Vera Quill, Sen. Tate's lawyer, came. Ms. Quill's son left.",
        ["Vera Quill", "Tate", "Vera Quill"],
    ),
    # a place that is a given name elsewhere, and a month before a name of words
    ("Paris Whitlock sang in Paris. Whitlock left Paris.", ["Paris Whitlock"] * 2),
    ("In May Summer Hale opened a shop. In May winters end.", ["Summer Hale"]),
    # "Ms." is whoever is known to be a woman, not whoever may be one
    (
        "Sofia Lindgren and Stellan Lindgren own it. Ms. Lindgren builds; Mr. Lindgren sells.",
        ["Sofia Lindgren", "Stellan Lindgren"] * 2,
    ),
    # a given name that is short for a month
    ("Jan van den Berg met Anna Prell.", ["Jan van den Berg", "Anna Prell"]),
    ("In Jan. van den Berg met Anna Prell.", ["van den Berg", "Anna Prell"]),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_people_whose_names_are_words(text: str, expected: list[str]) -> None:
    assert names(text, "PERSON") == expected


BODIES = [
    ("He shopped at Best Buy and Home Depot.", ["Best Buy", "Home Depot"]),
    ("On Monday Google cut jobs, and on Friday Macy's did.", ["Google", "Macy's"]),
    ("The Friday Mosque Fund closed on Monday.", ["Friday Mosque Fund"]),
    (
        "The Tollmere Port Authority sued. The Port Authority won.",
        ["Tollmere Port Authority"] * 2,
    ),
    (
        "The National Bank of Norland met. The National Bank raised rates.",
        ["National Bank of Norland"] * 2,
    ),
    (
        "The Tollmere Water Board (TWB) met. TWB voted. The Water Board will pay.",
        ["Tollmere Water Board"] * 4,
    ),
    # a court of a state is not the country's
    (
        "The Tollmere Supreme Court met. The Supreme Court did not.",
        ["Tollmere Supreme Court", "Supreme Court"],
    ),
    ("Critics of Heritage Foundation met on Monday.", ["Heritage Foundation"]),
    (
        "The Green Party of Germany met in Poland. Poland greeted the Green Party.",
        ["Green Party of Germany"] * 2,
    ),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_bodies_have_their_names(text: str, expected: list[str]) -> None:
    assert names(text, "ORG") == expected


@pytest.mark.parametrize(
    "text", ["Ada Quill \ud800 said “all is well”.", "According to \udc80 Quill,"]
)
def test_half_of_a_surrogate_pair_harms_nothing(text: str) -> None:
    for mention in annotate(text, language="en").mentions:
        assert text[mention.start : mention.end].isprintable()


def test_a_short_text_of_names_is_no_pidgin() -> None:
    assert "Luisa Prado" in names(
        "Texas Democrat Luisa Prado won. Kay Dunn, of Ohio, lost.", "PERSON"
    )


def test_nouns_for_several_people_that_open_a_sentence_speak() -> None:
    quotes = annotate("Fishermen said on Monday that cod was scarce.", language="en").quotes
    assert [(q.text, q.speaker) for q in quotes] == [("cod was scarce", "fishermen")]


def test_a_title_behind_a_state_is_no_surname() -> None:
    assert names("Voters liked Florida Sen. Marco Ruiz.", "PERSON")[-1] == "Marco Ruiz"
    assert "Florida Sen" not in names("Voters liked Florida Sen. Marco Ruiz.", "PERSON")


NICKNAMED = "William “Mo” Cowan won the seat. Mo Cowan said that it was late. Mr. Cowan left early."


def test_a_nickname_in_marks_is_part_of_one_name() -> None:
    assert names(NICKNAMED, "PERSON") == ["Mo Cowan"] * 3
    assert names("Lee “Big Daddy” Park won the fight.", "PERSON") == ["Lee Park"]
    assert names("A.J. “Skip” Tolliver won the fight.", "PERSON") == ["A.J. Tolliver"]
    assert names("In the U.S. “Skip” Tolliver won.", "PERSON") == ["Tolliver"]
    # marks between two people are a quotation
    text = "Ada Quill said that. “No,” Marcus Thorne told her."
    assert names(text, "PERSON") == ["Ada Quill", "Marcus Thorne"]


def test_a_surname_of_any_word_behind_a_title_and_a_given_name() -> None:
    text = "The mayor met Sen. Jim Talent of Missouri at the gate."
    assert names(text, "PERSON") == ["Jim Talent"]
    text = "Representatives Ada Quill of California and Al Greene of Texas introduced the bill."
    assert names(text, "PERSON") == ["Ada Quill", "Al Greene"]
    assert names(text, "GPE") == ["California", "Texas"]


def test_names_within_longer_stretches_of_capitals() -> None:
    # a headline whose words all have capitals
    text = "Ada Quill Checks Out Of Port\n\nThe pilot Ada Quill left on Monday with her doctor."
    assert names(text, "PERSON") == ["Ada Quill"] * 2
    # an office between a body and whoever holds it, an honour before a player
    text = "In their report, BuzzFeed Editor-in-Chief Ben Moor said it stands by it."
    assert names(text, "PERSON") == ["Ben Moor"]
    assert names(text, "ORG") == ["BuzzFeed"]
    text = "Echo Editor-in-Chief Ada Quill said the paper would close."
    assert names(text, "PERSON") == ["Ada Quill"]
    assert names("Ada Dean Quill left.", "PERSON") == ["Ada Dean Quill"]
    assert names("The reigning Denver All-American Kyle Moor scored.", "PERSON") == ["Kyle Moor"]


def test_one_nickname_of_a_club_counts_in_an_article_on_sport() -> None:
    text = "Chargers lineman Jamal Moor was held. The coach said the season was over."
    assert "Chargers" in " ".join(names(text, "ORG"))
    assert names("The Chargers of the fleet left the harbour on Monday.", "ORG") == []


LISTED = [
    # letters in a list with a body's, clubs with their scores, a firm's "Inc", a site
    ("The boxer held HBQ, WBO and QBF titles. He lost his QBF crown.", "HBQ WBO QBF QBF"),
    ("The labs read DNA, RNA and WHO notes.", "World Health Organization"),
    ("No. 1 Harwick Bluefins 65, No. 9 Velden Rovers 53.", "Harwick Bluefins Velden Rovers"),
    ("The goalkeeper wept. Harwick Bluefins 3, Velden Rovers 1.", "Harwick Bluefins Velden Rovers"),
    ("They met on March 3, May 12 and June 1.", ""),
    ("Texas Instruments Inc. sold a mill.", "Texas Instruments"),
    ("Tesla rose; General Mills fell. General Marsh fell.", "Tesla General Mills"),
    ("The site Orbit.com won.", "Orbit.com"),
    ("She leads the Anti-Corruption Commission.", "Anti-Corruption Commission"),
    ("Holt and Partners won. Bread and Partners were there.", "Holt and Partners"),
    # a listed firm, "and" and a name
    ("He shops at Walmart and Target and flies home.", "Wal-Mart Target"),
    # letters that open a firm's name, and a town's name too; a country's letters
    ("The firm bought ATI Works. It said that ATI fell.", "ATI Works ATI"),
    ("The UAE Pass Authority is in the UAE.", "UAE Pass Authority"),
    # whose spokeswoman speaks, and no office
    ("A Harwick-Moor spokeswoman left.", "Harwick-Moor"),
    ("A police spokesman met a Quill spokeswoman. Ada Quill won.", ""),
    ("She met the former Minister for Justice.", ""),
    # a club's player, and the club of the town that the article names
    ("The Falcons' Ruiz ran for a touchdown.", "Atlanta Falcons"),
    ("In San Diego the Chargers lost. Their coach missed the playoffs.", "San Diego Chargers"),
    ("The Chargers lost. Their coach missed the playoffs.", "Chargers"),
]


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_bodies_by_what_stands_beside_them(text: str, expected: str) -> None:
    assert " ".join(names(text, "ORG")) == expected


def test_a_name_beside_a_place_is_one_behind_a_preposition() -> None:
    assert names("They sailed to Kugarruk and London.", "GPE") == ["Kugarruk", "London"]
    assert names("The Hague is old. A crowd in Oslo of Ada Quill sang.", "GPE") == [
        "The Hague",
        "Oslo",
    ]
    assert "Kugarruk" not in names("Kugarruk and London argued.", "GPE")


def test_the_name_behind_a_possessive_without_s_is_somebody() -> None:
    for text, people, bodies in [
        ("They asked Harlo News’ Ann Dorrow.", ["Ann Dorrow"], ["Harlo News"]),
        ("Reuters’ Ann Dorrow asked.", ["Ann Dorrow"], ["Reuters"]),
        ("They met on Veterans’ Day.", [], None),
        ("St James’ Park was shut.", [], []),
    ]:
        assert names(text, "PERSON") == people, text
        assert bodies is None or names(text, "ORG") == bodies, text


def test_a_firm_is_called_by_its_own_word_before_plain_ones_for_its_trade() -> None:
    firm = "Quarrick Marine Insurance"
    for text, expected in [
        (f"{firm} lost. Shares of Quarrick fell.", firm),
        # another body, two firms
        ("Quarrick Marine Council lost. Shares of Quarrick fell.", "Quarrick"),
        (f"{firm} met Quarrick Sea Gas. Shares of Quarrick fell.", "Quarrick"),
    ]:
        assert names(text, "ORG")[-1] == expected, text


def test_a_central_bank_is_a_body_of_its_country() -> None:
    text = "Brazil's Central Bank cut rates. The bank said prices fell. The Central Bank is old."
    assert names(text, "ORG") == ["Central Bank of Brazil"] * 2
    assert annotate(text).quotes[0].speaker == "Central Bank of Brazil"
    assert names("The Bank of Harlo met the European Central Bank.", "ORG")[-1] == (
        "European Central Bank"
    )


def test_a_title_tells_which_bearer_of_a_surname_is_meant() -> None:
    for text, expected in [
        ("Sen. Ada Quill met Rep. Edda Quill. Sen. Quill left.", "Ada Quill"),
        ("Sen. Ada Quill met Rep. Edda Quill. Rep. Quill left.", "Edda Quill"),
        ("Senator Ada Quill met Governor Edda Quill. Sen. Quill left.", "Ada Quill"),
        # no title, one that all have, a given name
        ("Sen. Ada Quill met Rep. Edda Quill. Quill left.", "Edda Quill"),
        ("Dr. Ada Quill met Rep. Edda Quill. Dr. Quill left.", "Edda Quill"),
        ("Sheikh Nawir Al-Sabir met King Sabir Al-Sabir. Sheikh Sabir left.", "Sabir Al-Sabir"),
    ]:
        assert names(text, "PERSON")[-1] == expected, text
