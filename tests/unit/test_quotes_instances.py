"""More instances of the kinds of faults in `test_quotes_trials`, and cases that look like them."""

from __future__ import annotations

import pytest

from tests.unit.test_quotes_trials import Found, found

PASSED_ON = [
    ("Ada Quill was quoted as saying the crane was safe.", "the crane was safe", "Ada Quill"),
    (
        "Ada Quill was quoted by the Harwick Echo as saying “the crane is safe”.",
        "the crane is safe",
        "Ada Quill",
    ),
    (
        "Ada Quill was quoted on Monday as having said that the crane was safe.",
        "the crane was safe",
        "Ada Quill",
    ),
    ("Radio Harwick cited pilots as saying the quay was shut.", "the quay was shut", "pilots"),
]


@pytest.mark.parametrize(("text", "words", "speaker"), PASSED_ON)
def test_words_that_are_passed_on_are_those_of_whom_is_quoted(
    text: str, words: str, speaker: str
) -> None:
    assert [one[:2] for one in found(text)] == [(words, speaker)]


def test_an_example_is_not_quoted() -> None:
    assert found("The Echo cited Ada Quill as an example of how pilots work.") == []


TOGETHER = [
    ("Ada Quill, Marcus Thorne and Rosa Delgado said the bill was dead.", 3),
    ("“We failed badly,” said Ada Quill, Marcus Thorne, and Rosa Delgado.", 3),
    ("“We failed badly,” Senators Ada Quill, Marcus Thorne and Rosa Delgado wrote.", 3),
    ("“We failed badly,” said Ada Quill and Marcus Thorne.", 2),
    # the first one only belongs to the words before, or somebody else acts
    ("After a call with Rosa Delgado, Ada Quill and Marcus Thorne said the bill was dead.", 2),
    ("“We failed badly,” said Ada Quill and Marcus Thorne nodded.", 1),
    ("Rosa Delgado left, and Ada Quill said the bill was dead.", 1),
]


@pytest.mark.parametrize(("text", "count"), TOGETHER)
def test_all_who_speak_together_are_named(text: str, count: int) -> None:
    names = ["Ada Quill", "Ada Quill and Marcus Thorne"]
    names.append("Ada Quill, Marcus Thorne and Rosa Delgado")
    assert [speaker for _, speaker, _ in found(text)] == [names[count - 1]]


EXPLAINED = [
    ("Ada Quill, the mayor, and Marcus Thorne, the pilot, said the bill was dead.", 2),
    ("Ada Quill, 44, and Marcus Thorne, 51, a pilot from Tollmere, said the bill was dead.", 2),
    ("Ada Quill, a Democrat, and Marcus Thorne said the bill was dead.", 2),
    ("“We failed badly,” said Ada Quill, the mayor, and Marcus Thorne, who flies for a living.", 2),
    ("“We failed badly,” Sens. Ada Quill, D-Ohio, and Marcus Thorne, R-Utah, wrote in May.", 2),
    (
        "Ada Quill, the mayor, Marcus Thorne, a pilot, and Rosa Delgado, a cook, said it was dead.",
        3,
    ),
    # the first one only belongs to the words before, or somebody else acts
    ("Lin Moor met Marcus Thorne, a pilot, and Ada Quill, the mayor, said the bill was dead.", 1),
    ("Marcus Thorne, the pilot, left early, and Ada Quill, the mayor, said the bill was dead.", 1),
    ("“We failed badly,” said Ada Quill, the mayor, and Marcus Thorne, the pilot, nodded.", 1),
    ("“We failed badly,” said Ada Quill, the mayor, and Marcus Thorne left.", 1),
]


@pytest.mark.parametrize(("text", "count"), EXPLAINED)
def test_all_who_speak_together_are_named_with_words_between(text: str, count: int) -> None:
    test_all_who_speak_together_are_named(text, count)


ATTRIBUTIONS = [
    ("Three cranes had failed, according to Ada Quill, the head nurse.", "Three cranes had failed"),
    (
        "According to Ada Quill, 44, a pilot from Tollmere, three cranes had failed.",
        "three cranes had failed",
    ),
    (
        "According to a report by the port, published on Monday, three cranes had failed.",
        "three cranes had failed",
    ),
    (
        "According to Ada Quill, pilots, bakers and cooks had met.",
        "pilots, bakers and cooks had met",
    ),
    (
        "According to police, a man, a woman and a child had drowned.",
        "a man, a woman and a child had drowned",
    ),
    ("The quay was shut, and, according to Ada Quill, the crane had gone.", "the crane had gone"),
    (
        "The crane, said Ada Quill, is no longer safe.",
        "The crane, said Ada Quill, is no longer safe",
    ),
    ("The quay is shut, said the mayor, who lives there.", "The quay is shut"),
    ("The mayor said, without giving details, that the quay would close.", "the quay would close"),
]


@pytest.mark.parametrize(("text", "words"), ATTRIBUTIONS)
def test_the_words_reported_are_whole_and_hold_no_apposition(text: str, words: str) -> None:
    assert [words for words, _, _ in found(text)] == [words]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to Ada Quill, “the crane had gone”, and the quay was shut.", "Ada Quill"),
        ("According to the mayor, ‘the crane had gone’, as had the boats.", "the mayor"),
    ],
)
def test_marks_may_stand_between_commas_behind_a_source(text: str, speaker: str) -> None:
    assert [one[:2] for one in found(text)] == [("the crane had gone", speaker)]


SOMEBODY = [
    ("The WHO said the fever was over.", "World Health Organization"),
    ("Adds Ada Quill, the nurse: “We are tired of it all.”", "Ada Quill"),
    ("Wrote Ada Quill in her diary: “The rain is late.”", "Ada Quill"),
    ("Ada Quill, whose brother died there, said the owners “knew everything”.", "Ada Quill"),
    ("The port's manager, Ada Quill, said the pilot who left should come back.", "Ada Quill"),
    ("“We go home now,”said Ada Quill.", "Ada Quill"),
    ("Ada Quill said “The Last Ferry” was “a dull film”.", "Ada Quill"),
    ("“The road is closed,”Ada Quill, who runs the depot, said by phone.", "Ada Quill"),
    ("“The road is closed,” it was said by Ada Quill.", "Ada Quill"),
    ("The plan drew criticism from Ada Quill, who called it “a gift to banks”.", "Ada Quill"),
    ("The son of Ada Quill, who called it “a gift to banks”, left.", "the son of Ada Quill"),
    ("“The road is closed,” the fire chief said.", "the fire chief"),
    ("According to police, Ada Quill, 40, left the harbour at noon.", "police"),
    ("According to the mayor, Ada Quill, 40, the ferry left at noon.", "Ada Quill"),
]


@pytest.mark.parametrize(("text", "speaker"), SOMEBODY)
def test_the_one_speaker_is_found(text: str, speaker: str) -> None:
    assert [speaker for _, speaker, _ in found(text)] == [speaker]


def test_who_says_nothing_is_not_quoted() -> None:
    assert found("Ada Quill, who said nothing, left the quay.") == []


QUESTIONS = "Q: Why did the crane fall?\n\nA: It was old. It fell.\n\nQ: What now?\n\nA: We wait."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Quill runs the port.\n\n" + QUESTIONS, "Ada Quill"),
        ("Ada Quill runs the port.\n\n" + QUESTIONS.replace(":", "."), "Ada Quill"),
        ("Ada Quill and Marcus Thorne run the port.\n\n" + QUESTIONS, None),
    ],
)
def test_answers_go_to_the_one_person_whom_the_text_presents(
    text: str, expected: str | None
) -> None:
    answers: Found = [
        ("It was old. It fell.", expected, "direct"),
        ("We wait.", expected, "direct"),
    ]
    assert found(text) == answers


def test_questions_of_a_paper_that_looks_like_a_person_are_nobodys_words() -> None:
    turns = QUESTIONS.replace("Q:", "Harwick Echo:").replace("A:", "Ada Quill:")
    assert [speaker for _, speaker, _ in found(turns)] == ["Ada Quill"] * 2
    # counsel in a transcript also only asks
    turns = QUESTIONS.replace("Q:", "MARCUS THORNE:").replace("A:", "ADA QUILL:")
    assert [speaker for _, speaker, _ in found(turns)] == ["Marcus Thorne", "Ada Quill"] * 2


def test_what_somebody_is_told_to_have_said_within_a_report_is_given_too() -> None:
    text = "Ada Quill told reporters that Marcus Thorne had said the crane was safe."
    assert [one[:2] for one in found(text)] == [
        ("Marcus Thorne had said the crane was safe", "Ada Quill"),
        ("the crane was safe", "Marcus Thorne"),
    ]
    # of oneself it is one report
    text = "Ada Quill said that she had told the board the crane was safe."
    assert [speaker for _, speaker, _ in found(text)] == ["Ada Quill"]


INSERTED = [
    ("Taxes, Ada Quill insists, will not rise.", "Taxes, Ada Quill insists, will not rise"),
    ("According to court papers, Thorne, 51, hid the money.", "Thorne, 51, hid the money"),
    (
        "According to Thorne, who was not there, the driver, a man of 40, had slept.",
        "the driver, a man of 40, had slept",
    ),
    ("According to the mayor, Ada Quill, the quay is safe.", "the quay is safe"),
    (
        "According to the ministry, 12 men, most of them sailors, had died.",
        "12 men, most of them sailors, had died",
    ),
]


@pytest.mark.parametrize(("text", "words"), INSERTED)
def test_a_subject_between_commas_belongs_to_its_verb(text: str, words: str) -> None:
    assert [words for words, _, _ in found(text)] == [words]


def test_words_quoted_from_somebody_else_behind_them() -> None:
    text = "“It is all a trap,” Ada Quill quoted her mother as saying."
    assert [one[:2] for one in found(text)] == [("It is all a trap,", "her mother")]


def test_what_somebody_is_known_as_is_no_quotation() -> None:
    assert found("The chief, known as “the Hammer of Harwick quay”, retired.") == []
    assert found("Ada Quill described Thorne as “the Hammer”.") != []


def test_a_mark_that_is_opened_twice_closes_at_its_attribution() -> None:
    text = '"We saw the whole fire, Ada Quill said. "It was huge."'
    assert [one[:2] for one in found(text)] == [
        ("We saw the whole fire,", "Ada Quill"),
        ("It was huge.", "Ada Quill"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Secretary of State Ada Quill came. “Talks are hard,” the secretary said.", "Ada Quill"),
        (
            "Mayor Lin Moor of Denver met Mayor Ada Quill of Dallas. “We agree,” the mayor of "
            "Dallas said.",
            "Ada Quill",
        ),
        ("Mayor Lin Moor of Denver met Mayor Ada Quill. “We agree,” the mayor said.", "the mayor"),
    ],
)
def test_a_role_has_its_place_and_all_its_words(text: str, speaker: str) -> None:
    assert [who for _, who, _ in found(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill claimed self-defence and was acquitted of the charge.",
        "After the crane fell on Monday, the other pilots tweeted pictures of it.",
        "These trends suggest that the ferry will fail in May.",
        "Ada Quill responded from the heart as she read the letter.",
        "Police reported nine victims at a mill that works with wood.",
        "Ada Quill reminded the board of the acts of Marcus Thorne, who stole the crane.",
    ],
)
def test_acts_things_and_relatives_are_no_reported_speech(text: str) -> None:
    assert found(text) == []


REPORTED = [
    ("Ada Quill claimed that she was ill and was acquitted.", "Ada Quill"),
    ("When the crane falls, the ferry will stop, pilots said.", "pilots"),
    ("The polls suggest that the ferry will fail in May.", "the polls"),
    ("Ada Quill, joined by Marcus Thorne, said the quay was “on its knees”.", "Ada Quill"),
    ("Police reported on Monday that boats in the harbour were safe.", "police"),
    (
        "Ada Quill -- who has been ill for the past few days -- said the crane was safe.",
        "Ada Quill",
    ),
    ("Days after a call with Ada Quill, his son said the crane was safe.", "his son"),
    # an occasion, and who saw a paper, are not who speaks; a people keeps its article
    ("Ada Quill in a blog post said she would put more cranes on the quay.", "Ada Quill"),
    ("Ada Quill of the Harbour Board said the crane was old.", "Ada Quill"),
    ("Mails combed through by the Echo suggest that Quill placed business above it.", "mails"),
    ("Some Norwegians say the crane was old.", "Some Norwegians"),
    ("The biggest hawks, like Omar Thorne and Ada Quill, say cranes are old.", "the biggest hawks"),
    ("Ada Quill reminded the board of its debts, and said the crane was old.", "Ada Quill"),
    ("To that, Ada Quill joked that she liked the old crane.", "Ada Quill"),
    # an infinitive before "and" ends there
    ("Ada Quill refused to leave, and explained how the crane had failed.", "Ada Quill"),
    ("Pilots say she is free to sail, and admit that the crane is old.", "pilots"),
    (
        "Traders expect prices to rise, according to people on the board.",
        "people on the board",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), REPORTED)
def test_what_is_reported_has_its_speaker(text: str, speaker: str) -> None:
    assert [who for _, who, _ in found(text)] == [speaker]


def test_a_relative_clause_keeps_its_pronoun() -> None:
    text = "The ferry found a crane that Ada Quill says was unsafe."
    assert [words for words, _, _ in found(text)] == ["that Ada Quill says was unsafe"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill repeated that approach in her talk last week.",
        "Couple fame with a “candidate who sails” and pilots get nervous, Ada Quill said.",
        "The town is called the “Crossroads of the North” by its friends, according to the Echo.",
        "After Ada Quill testified, the board seemed to leave her alone.",
        "Tuesday's Email: The Last Ferry of Harwick",
        # labels, what is worth noting, what is refused, relative clauses, objects
        "Ada Quill maintains a safe lead over each rival, a sign of how the port has grown.",
        "Ada Quill told the legend of a blind pilot who found the quay by the sound of its bells.",
        "Ada Quill reminded the sailors of the two winters her crew had spent on the ice.",
        "Ferries leave daily, but note that crossings in winter are often rough.",
        "It may carry cargo--timber, say, or grain--if the harbour can deepen its northern basin.",
        "Deck Licence – $40 a year – Explains how winches work and who may sail.",
        "By now, I’d say it’s fit for one more winter at sea.",
        "It’s worth noting that wear of the rope was greater on ships with iron blocks.",
        "A smoked mussel adds some salt, and it’s lovely on bread!",
        "She said hello to the crew and left.",
        "Charts suggest sheltered routes to bring cargo nearer to its buyers.",
        "It is odd that Quill refuses to open her log or explain how the anchor came to be lost.",
        "Quill keeps the map, less for what it says about reefs than what it says about her.",
        "Cook who opened Quill's sealed orders admits to other thefts",
        "In an essay in May, Quill wrote, ''Old men spin the tale that science is split.''",
        "Asked by Ada Quill about the mill, Marcus Thorne said it was “as good as finished”.",
    ],
)
def test_nouns_rests_and_labels_are_no_reported_speech(text: str) -> None:
    assert [one for one in found(text) if one[2] == "indirect"] == []


WHOLE = [
    (
        "Each group will play a final according to the Harbour League as part of the cup, with "
        "each path having one berth.",
        "Each group will play a final",
    ),
    (
        "According to Harlo, publisher of the data that powers the index, the port sends much.",
        "the port sends much",
    ),
    (
        "Ada Quill noted on Friday that most of the berths are empty.",
        "most of the berths are empty",
    ),
    (
        "According to a survey printed in the Harbour Journal, masters often sail through narrow, "
        "icy, and shifting channels.",
        "masters often sail through narrow, icy, and shifting channels",
    ),
    ("Ada Quill repeated that the approach failed.", "the approach failed"),
    ("As Ada Quill explained, the board left.", "the board left"),
    (
        "The Echo reported Marcus Thorne — the mayor of Tollmere — will sail in May.",
        "Marcus Thorne — the mayor of Tollmere — will sail in May",
    ),
    ("The Echo reported that the quay is shut — a blow to the town.", "the quay is shut"),
]


@pytest.mark.parametrize(("text", "words"), WHOLE)
def test_a_clause_goes_over_an_aside_before_its_verb(text: str, words: str) -> None:
    assert [said for said, _, _ in found(text)] == [words]


REPLIES = [
    ("“Will you sell?” Marcus Thorne asked Owen Hart. “Never,” he replied.", "Owen Hart"),
    ("“Will you sell?” asked Marcus Thorne. Owen Hart smiled. “Never,” he answered.", "Owen Hart"),
    ("“Will you sell?” Marcus Thorne asked Rosa Hart. “Never,” she replied.", "Rosa Hart"),
    # the one who is told, or of whom is asked, does not reply
    ("“I may sell,” Marcus Thorne told Owen Hart. “But not soon,” he replied.", "Marcus Thorne"),
    (
        "“Did Owen sell?” Rosa Hart asked. Marcus Thorne smiled. “Never,” he replied.",
        "Marcus Thorne",
    ),
    ("Marcus Thorne wondered why he had come. “I was curious,” he replied.", "Marcus Thorne"),
]


@pytest.mark.parametrize(("text", "speaker"), REPLIES)
def test_whoever_was_asked_replies(text: str, speaker: str) -> None:
    assert found(text)[-1][1] == speaker


REPORTED_ACTS = [
    # the act is part of the report: the words in marks are the reporter's
    ("Quill said that Thorne begged him for help in May and “would have knelt to him”.", "Quill"),
    ("Quill noted that pilots have long been talking with the board, and “we agree”.", "Quill"),
    ("Quill said Thorne had urged her to run and “was ready to pay for it all”.", "Quill"),
    # so is a verb of saying, but its words are those of its own subject
    ("Quill told reporters that Thorne had said the crane was “older than the pier”.", "Thorne"),
    ("Quill said Thorne argued that the pier was unsafe and “must be shut today”.", "Thorne"),
    # a document that says something, in a clause of its own
    (
        "Quill got a letter by nine pilots, which called it “a disgrace to us all”.",
        "a letter",
    ),
    ("Quill pointed to a memo that calls the pier “sound and safe for years”.", "memo"),
    ("Quill wrote in a note to the crew that it was “a disgrace to us all”.", "Quill"),
    # a report between commas is an aside
    (
        "Lang was asked by Ada Quill whether his plan, which the Harbour Board says will cost a "
        "million, would risk “one more pier in a bankrupt port”.",
        "Ada Quill",
    ),
    ("Lang was read a plan which the Harbour Board says will be “a pier in ruins”.", "Harbour"),
]


@pytest.mark.parametrize(("text", "speaker"), REPORTED_ACTS)
def test_words_behind_an_act_within_a_report_are_the_reporters(text: str, speaker: str) -> None:
    met = "Marcus Thorne met Owen Quill in Harwick.\n\n"
    *_, (_, name, _) = found(met + text)
    assert speaker in str(name)


SUBJECTS = [
    ("Quill's campaign shrugged off the report, telling reporters, “{}”", "Quill's campaign"),
    ("The board of pilots brushed aside it all, saying, “{}”", "the board of pilots"),
    ("The retired pilots of Harwick left, saying, “{}”", "the retired pilots of Harwick"),
    # what happens, and what people are, says nothing
    ("The strike began in May, and “{}”", None),
    ("The town is mostly Muslim, and this helps because “{}”", None),
    ("The letter begins on a grim note: “{}”", "the letter"),
    ("The pilots began at dawn with a song: “{}”", "the pilots"),
]


@pytest.mark.parametrize(("text", "speaker"), SUBJECTS)
def test_the_subject_is_somebody_and_ends_before_its_verb(text: str, speaker: str | None) -> None:
    said = "nobody here has read a single page of it."
    assert [one[:2] for one in found(text.format(said))] == [(said, speaker)]


def test_what_somebody_sings_is_a_title() -> None:
    assert found("She sang “Harbour Lights” and “The Last Boat Home” at the hall.") == []
    assert found("“We want no more of this,” they sang.")[0][0] == "We want no more of this,"


def test_a_would_before_but_says_nothing_of_the_verb_behind() -> None:
    text = "Ada Quill did not say when she would go but said that the crane was safe."
    assert [one[0] for one in found(text)] == ["the crane was safe"]
    assert found("Ada Quill would not go but would say that the crane was safe.") == []


GESTURES = [
    ("She paused.", "Ada Quill"),
    ("She shook her head.", "Ada Quill"),
    ("The line went dead.", None),
    ("She left the hall and the pilots came in.", None),
]


@pytest.mark.parametrize(("between", "speaker"), GESTURES)
def test_a_gesture_between_two_quotations_has_their_speaker(
    between: str, speaker: str | None
) -> None:
    told = "“We are talking to pilots today,” Ada Quill said.\n\n{}\n\n“Well, thank you for that.”"
    assert [name for _, name, _ in found(told.format(between))] == ["Ada Quill", speaker]


def test_what_is_cut_short_is_no_question() -> None:
    assert found("Ada Quill asked whether his plan, as ever, was safe and sound.") != [
        ("whether his plan", "Ada Quill", "indirect")
    ]


def test_a_single_mark_closes_before_the_next_quotation_opens() -> None:
    text = "Ada Quill wrote: “Let us go. We can end this.’ Quill left the hall of “Sea and Sail”."
    assert found(text)[0][:2] == ("Let us go. We can end this.", "Ada Quill")


@pytest.mark.parametrize("blank", ["", "\r", "\u200b", " "])
def test_blanks_behind_a_first_line_make_no_headline_of_it(blank: str) -> None:
    text = f"“Fine,” said Ada Quill.{blank}\n\n“Go,” she said."
    assert [speaker for _, speaker, _ in found(text)] == ["Ada Quill"] * 2


@pytest.mark.parametrize(
    ("credit", "speaker"),
    [
        ("Photo: Ada Quill for the Harwick Echo", None),
        ("By Ada Quill", None),
        ("By noon Ada Quill had left the harbour.", "Ada Quill"),
    ],
)
def test_whoever_took_a_photo_or_wrote_is_nobodys_she(credit: str, speaker: str | None) -> None:
    text = f"{credit}\n\nShe said the harvest was late."
    assert [speaker for _, speaker, _ in found(text)] == [speaker]


def test_what_closes_with_an_attribution_is_a_whole_clause() -> None:
    for text, words in [
        ("The ferry stopped for an hour, the port said.", ["The ferry stopped for an hour"]),
        ("The strike ended without a vote, Ada Quill told reporters.",
         ["The strike ended without a vote"]),
        ("Ada Quill said tolls doubled.", ["tolls doubled"]),
        # no clause: a participle, a time, an apposition
        ("A pilot hurt in the storm, Ada Quill, said.", []),
        ("Seated on the quay, Ada Quill said.", []),
        ("Ada Quill added salted butter.", []),
    ]:  # fmt: skip
        assert [one[0] for one in found(text)] == words, text


def test_words_belong_to_the_subject_of_their_own_verb() -> None:
    for text, expected in [
        ("The letter that Ada Quill wrote says it is old.", [("it is old", "the letter")]),
        ("“It is ours,” Ada Quill said, and Rune Dahl nodded.", [("It is ours,", "Ada Quill")]),
        ("Ada Quill said Rune Dahl had urged the port to be “less rude”.",
         [("less rude", "Ada Quill")]),
        ("Rune Dahl urged the port to be “less rude”.", [("less rude", "Rune Dahl")]),
        ("Ada Quill, who asked that her street not be printed, said the quay was old.",
         [("the quay was old", "Ada Quill")]),
        ("Ada Quill, 40, did not, for once, say the quay was old.", []),
        ("Recalled Ada Quill, 80, “We had no crane.”", [("We had no crane.", "Ada Quill")]),
    ]:  # fmt: skip
        assert [one[:2] for one in found(text)] == expected, text


def test_a_transcript_needs_no_other_mention_of_who_speaks() -> None:
    loud = "HOST: Why?\n\nQUILL: It was old.\n\nHOST: And now?\n\nQUILL: It is gone."
    assert [one[:2] for one in found(loud)] == [
        ("It was old.", "QUILL"),
        ("It is gone.", "QUILL"),
    ]
    roles = "ADA QUILL, mayor: It was old.\n\nRUNE DAHL, host: Why?\n\nQUILL: It is gone."
    assert [one[:2] for one in found(roles)] == [
        ("It was old.", "Ada Quill"),
        ("It is gone.", "Ada Quill"),
    ]
    # an outlet, and the heads of a list
    assert not found("QUILL: Why?\n\nBBC: It was old.\n\nQUILL: When?\n\nBBC: Last May.")
    assert not found("Pro Tip: Oil it.\n\nNota Bene, cook: Salt it.\n\nTip: Is it old?")


def test_a_chant_of_a_crowd_is_no_speech() -> None:
    assert not found("The crowd chanted “No more cranes”.")
    assert not found("Fans chanting “We are Harwick” and “No more cranes” left early.")
    assert found("“No more cranes,” Ada Quill chanted.")[0][1] == "Ada Quill"
    both = found(
        "Ada Quill said, “The port will build it” – the crowd chanted “Build it!” – “and pay.”"
    )
    assert [one[0] for one in both] == ["The port will build it", "and pay."]


def test_a_surname_in_capitals_is_the_label_of_whom_another_one_names() -> None:
    text = "ADA RAO, baker: It rose.\n\nRUNE DAHL, host: And then?\n\nRAO: It sank again."
    assert [one[0] for one in found(text)] == ["It rose.", "It sank again."]
    # the fields of a list
    assert not found("Office Size: 40\n\nYear Founded: 1990\n\nTeam Size: 9\n\nSize: 20")


def test_what_somebody_is_said_to_ask_for_is_the_words_of_who_says_so() -> None:
    text = "Ada Quill, who chairs the trust, says Rune Dahl asked the bank for “a bit more”."
    assert found(text)[0][:2] == ("a bit more", "Ada Quill")
    assert found("Rune Dahl asked the bank for “a bit more”.")[0][:2] == ("a bit more", "Rune Dahl")
    text = "The pills are safe, according to past and present users."
    assert found(text)[0][1] == "past and present users"


def test_more_reports_of_who_said_what() -> None:
    for text, expected in [
        ("Ada Quill told the Echo in a talk on Monday that she would stay.", "she would stay"),
        ("The mayor asked the town to save water and said the well was dry.", "the well was dry"),
        ("Ada Quill said she would appeal, calling the ruling unjust.", "she would appeal"),
        ("The port closed on Sunday, South Kenya's army said.", "The port closed on Sunday"),
        ("Ada Quill spoke before pointing out that her well was dry.", ""),
        ("Ada Quill said before pointing out that her well was dry.", "her well was dry"),
        ("“Why?” Rep. Ada Quill (D-Ohio), the whip, asked the witness.", "Why?"),
        # not said
        ("Ada Quill denied telling Rune Dahl that the well was dry.", ""),
        ("Ada Quill claimed to have said the well was dry.", ""),
    ]:
        assert [one[0] for one in found(text)] == [expected] * bool(expected), text
    text = (
        "MS. QUILL: It is open.\n\nQUESTION: Until when?\n\nMS. QUILL: Until May.\n\nQUESTION: Oh."
    )
    assert [one[0] for one in found(text)] == ["It is open.", "Until May."]


def test_what_others_say_ends_a_clause() -> None:
    for text, expected in [
        ("Ada Quill said she never met him, and her lawyer says the photo is fake.",
         [("she never met him", "Ada Quill"), ("the photo is fake", "her lawyer")]),
        ("Police said Ada Quill had sunk the boat, which she denies.",
         [("Ada Quill had sunk the boat", "police")]),
        ("A woman who answered the phone said the mayor was asleep.",
         [("the mayor was asleep", "a woman")]),
        ("“It fell” Ada Quill said.", [("It fell", "Ada Quill")]),
        # one clause of one speaker
        ("Ada Quill said the boat had sunk, and the crew was cold.",
         [("the boat had sunk, and the crew was cold", "Ada Quill")]),
    ]:  # fmt: skip
        assert [one[:2] for one in found(text)] == expected, text
    assert not found("The song “Old Tide” Ada Quill wrote won.")
