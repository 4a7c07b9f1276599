"""Clauses by verbs that no list has, what somebody is told of, and who is close to whom."""

from __future__ import annotations

from tests.unit.test_quotes_trials import found

CLAUSES = [
    ("Ada Quill said the dam leaks.", "the dam leaks"),
    (
        "Ada Quill said the boats leak and the crews know it.",
        "the boats leak and the crews know it",
    ),
    ("Ada Quill noted the roof leaks badly.", "the roof leaks badly"),
    ("Ada Quill noted that half of the berths lie empty.", "half of the berths lie empty"),
    (
        "Engineers say the bridge, built in 1931, needs cables.",
        "the bridge, built in 1931, needs cables",
    ),
    ("Ada Quill says the pumps, which are old, need care.", "the pumps, which are old, need care"),
    ("Ada Quill told the owners of a boat they would pay.", "they would pay"),
    ("Ada Quill told members of the board they had won.", "they had won"),
    ("Ada Quill warned the town the storm would return.", "the storm would return"),
    ("Ada Quill warned the town would flood.", "the town would flood"),
    ("Ada Quill promised the crew they would be paid.", "they would be paid"),
    ("Ada Quill says the alarm, a gift, saved lives.", "the alarm, a gift, saved lives"),
    ("Ada Quill reminded the crew that the winter would be long.", "the winter would be long"),
    ("Ada Quill said it cost two million.", "it cost two million"),
    ("Ada Quill said sales fell.", "sales fell"),
    ("Ada Quill noted that bread costs more now.", "bread costs more now"),
    (
        "Farmers say the river, swollen by rain, threatens the barns.",
        "the river, swollen by rain, threatens the barns",
    ),
    ("Ada Quill said wood warps.", "wood warps"),
    ("Ada Quill told the mayor of Tollmere the dam would hold.", "the dam would hold"),
    ("According to Ada Quill — the new mayor — the dam leaks.", "the dam leaks"),
    ("Ada Quill, who had not slept, left, adding that the phone rang.", "the phone rang"),
    # two who say nothing, mere objects
    ("Neither Ada Quill nor Ed Voss said the trucks were new.", ""),
    ("Ada Quill noted the time and left.", ""),
    ("Ada Quill informed the board of the debts its members had hidden.", ""),
    ("Ada Quill repeated that approach.", ""),
    ("Ada Quill explains the moon landings in a book.", ""),
    ("Ada Quill explained the idea in her Mill Farm decades ago.", ""),
    ("Whatever the crews say, Tollmere looks slow.", ""),
    ("“We sail,” she said, only with willing sailors.", ""),
    ("Ada Quill said the same things on Monday.", ""),
    ("Asked about the quay, Ada Quill said the usual platitudes.", ""),
    ("Ada Quill said merciless things about the boats.", ""),
    # what a thing adds or keeps up
    ("The mill has added grain lifts over the years.", ""),
    ("Quill Works grew, maintaining profit margins throughout the storm.", ""),
    ("These crews test, maintain, and repair pump systems, including tide mills, gate works.", ""),
    ("The wheels maintained good grip on wet roads too, which is not a given.", ""),
    ("The mill should have a release notes RSS feed.", ""),
    # "but" that goes on with what was said, and one that does not
    (
        "Ada Quill said that she had hired a diver, but that she did not trust the quay.",
        "she had hired a diver, but that she did not trust the quay",
    ),
    (
        "The deed stated that it would not only save the oaks, but the elms too.",
        "it would not only save the oaks, but the elms too",
    ),
    ("Ada Quill said that the dam was safe, but that was before the flood.", "the dam was safe"),
    ("Ada Quill said the dam was safe, but that dam fell.", "the dam was safe"),
    ("Ada Quill said that the dam would hold, but the town left.", "the dam would hold"),
    (
        "Ada Quill said that she would not only shut the dam, but the town left.",
        "she would not only shut the dam",
    ),
    # where somebody says it, behind the words
    ("The tugs were lost, the firm said in a letter to its crews on Monday.", "The tugs were lost"),
    ("The tugs were lost, she said in a speech earlier this year.", "The tugs were lost"),
    ("The tugs were lost, the firm said in a letter, which was read.", "The tugs were lost"),
    ("The post is to go, Ada Quill confirmed to Harbour News.", "The post is to go"),
    ("On deck, Ada Quill explained to Ed Voss main parts of the engine.", ""),
    ("As the tugs left, Harbour News reported at six the masts of yachts.", ""),
    # verb and subject differ in number, or the verb goes with "must"
    ("If the lock looks new, don't force it - ask the owner directly if it's right.", ""),
    ("The manual (GIR) must list the tools and explain where pilots find the keys.", ""),
    ("Guests who see your boat often in BBC answers build trust that later turns into visits.", ""),
    (
        "Ed Voss was held one morning in June on charges that include theft of boats, false "
        "papers and fraud.",
        "",
    ),
    ("Ed Voss is old. It began once he said if he were chief, he’d tell us to “sail.”", ""),
    ("Ada Quill went on to say that the quay leaks.", "the quay leaks"),
    ("Does it say that the dam leaks?", ""),
    ("It did say that the dam leaks.", "the dam leaks"),
    # asides between dashes, and a relative clause before the verb
    (
        "Ada Quill said that she has shut — at least for now — her mill near the quay.",
        "she has shut — at least for now — her mill near the quay",
    ),
    ("The crews said that they would stop — the third in a year.", "they would stop"),
    ("The crews said that they would stop — nobody did — the mill left.", "they would stop"),
    (
        "The board estimated that 900 boats, which are old, reported a leak in 2017.",
        "900 boats, which are old, reported a leak in 2017",
    ),
    (
        "The board said that the quay, which was built in 1931, had failed, adding nothing.",
        "the quay, which was built in 1931, had failed",
    ),
    # a clause of time ends with its comma, behind an apposition too
    (
        "When Quill Works, one of the largest mills, told crews it would close, it paid them.",
        "it would close",
    ),
    ("As Ada Quill explained it to me, the crane is made to lift boats.", ""),
    ("The council disputed Norwegian claims that the quay is unsafe.", ""),
    ("The Norwegian claims that the quay leaks.", "the quay leaks"),
    # nouns and adjectives that look like verbs of speech, objects before a "that" or "to"
    ("Another promising plan is a wall, which parts the harbour.", ""),
    ("Those wondering whether it would rain looked up.", ""),
    ("Jobs in baking, ordering, and plain sewing are few and suit young crews.", ""),
    ("Harbour News reports like this one are read by sailors.", ""),
    ("The council disputed Swedish claims that the quay is unsafe.", ""),
    ("The new range boasts smart sails that we could not live without.", ""),
    ("Ada Quill boasted that the sails were new.", "the sails were new"),
    ("Ada Quill wrote Mr. Dahl last week that the sails were new.", "the sails were new"),
    ("Ada Quill said, for the first time, that the quay leaks.", "the quay leaks"),
    ("Ada Quill spoke, saying, for the first time, that the quay leaks.", "the quay leaks"),
    ("Ada Quill met the board, urging adherence to limits on sailing.", ""),
    ("Ada Quill urged the board to leave.", "to leave"),
    ("Ada Quill urged sailors to leave.", "to leave"),
    ("Ada Quill said that if she wins, “we all win the harbour back”.", ""),
    # what is cut off by marks or a comma, and what a thing does
    ("The badge says it all: The crew won twice.", ""),
    ("The sea reminded me of a song sung by a crew of sailors.", ""),
    (
        "A survey finds that of ten mills that pay, six are old.",
        "of ten mills that pay, six are old",
    ),
    ("Ada Quill claimed credit as the crew finished its second lap.", ""),
    ("Ada Quill indicated a clear wish for a fund to help retired pilots to study.", ""),
    ("A ship boasting red sails and tall masts makes a fine sight for guests.", ""),
    ("I HIGHLY recommend that you oil the hull.", ""),
    ("It indicates the amount of rain or snow caught by the roof.", ""),
    ("The recipe is slow, as it demands that we wait.", ""),
    ("That boat leaks, Ada Quill said.", "That boat leaks"),
    (
        "Ada Quill fears the vote, in which, according to exit polls, Dahl won half of all.",
        "Dahl won half of all",
    ),
    ("Ed Voss said that Quill’s song — a hit in the port — “would wake a whale”.", ""),
    (
        "Ed Voss said tides had helped him home — “What luck” — and left.",
        "tides had helped him home",
    ),
    # questions that a thing answers, an attribution behind a dash or conjunction
    ("This page explains why our quay is new, and how it works.", ""),
    ("The pilots met, revealing how the boats sank.", ""),
    ("A method tells you how you will sail.", ""),
    ("Ada Quill explained how the boats sank.", "how the boats sank"),
    ("The report asks why the boats sank.", "why the boats sank"),
    ("The road is dry - according to drivers, crews have salted it.", "crews have salted it"),
    (
        "Half of the crews left in May — according to the study’s data.",
        "Half of the crews left in May",
    ),
    ("This pilot also states that if we steer well, it holds.", "if we steer well, it holds"),
    (
        "The bridge will be painted, Ada Quill said, waving at the crowd.",
        "The bridge will be painted",
    ),
    ("They maintain a fleet of freshly painted boats fit to sail.", ""),
    ("Ada Quill maintains that the quay leaks.", "the quay leaks"),
    (
        "Ada Quill said the Norwegian and Swedish towns agreed to it.",
        "the Norwegian and Swedish towns agreed to it",
    ),
    ("Ada Quill noted that the dam leaks and asked for help.", "the dam leaks"),
    ("Ada Quill said the board accused her and Rune Dahl accused him.", "the board accused her"),
    # who is told, and nobody who tells
    (
        "Ada Quill told two hundred cooks who came by boat that the kitchen would open.",
        "the kitchen would open",
    ),
    ("Ada Quill told the crews who came it was shut.", ""),
    ("The mural tells a sad tale of what the town lost and how it grew.", ""),
    ("The port was rich once, they told us.", ""),
    ("It is no holiday — just ask my crew who rowed all night.", ""),
    ("The pilots — most of all in Oslo — say that it leaks.", "it leaks"),
    ("Let’s just say the soup was not my best.", ""),
    ("Guests sometimes ask me about the tide tables.", ""),
    # who speaks stands behind a whole clause
    ("The town council met, said the harbour trustees, and went home.", ""),
    ("Ada Quill, 51, said the dam leaks.", "the dam leaks"),
    ("Ada Quill, who owns the mill, said the dam leaks.", "the dam leaks"),
    (
        "“We are cold,” Ada Quill said on Monday, adding that the dam had leaked.",
        "the dam had leaked",
    ),
    # what somebody is told of
    ("He reminded the sailors of the winter her crew had spent at sea.", ""),
    ("Ada Quill warned the miners of the gas their fathers had breathed.", ""),
    ("Ada Quill told them about the day her son was born.", ""),
]


def test_clauses_by_verbs_that_no_list_has() -> None:
    for text, expected in CLAUSES:
        said = [words for words, _, kind in found(text) if kind == "indirect"]
        assert said == [expected] * bool(expected), text


def test_sources_keep_whom_they_are_close_to() -> None:
    for text, speaker in [
        ("The mill is sold, according to people close to the talks.", "people close to the talks"),
        ("“It is sold,” said a friend close to the board.", "a friend close to the board"),
        ("The mill was sold, said officials near the border.", "officials near the border"),
    ]:
        assert [who for _, who, _ in found(text)] == [speaker], text


def test_a_name_between_commas_behind_whose_relative_it_is_speaks() -> None:
    for text, speaker in [
        ("“Go home,” the mayor of Tollmere, Ada Quill, said.", "Ada Quill"),
        ("“Go home,” the twins’ mother, Ada Quill, a pilot, said.", "Ada Quill"),
        ("“Go home,” Harbour News' editor Ada Quill said.", "Ada Quill"),
        ("“Go home,” said the pilots’ union.", "the pilots’ union"),
        ("The mill was sold, according to two of the pilots.", "two of the pilots"),
        ("A woman who lives near the quay said it was shut.", "a woman"),
        ("The sailor who sold the boat to Ed Voss said it was safe.", "the sailor"),
        ("Ada Quill, a young carpenter, rose. “Oak is best,” the carpenter said.", "Ada Quill"),
        ("OSLO -- Mayor Ada Quill rose and told reporters she was “done waiting.”", "Ada Quill"),
        ("Ada Quill and her aide, Ed Voss, said it was safe.", "Ada Quill and Ed Voss"),
        (
            "Ada Quill asked for mercy at a trial in a note posted on Monday, saying she was ill.",
            "Ada Quill",
        ),
        (
            "When Quill Works, one of the largest mills, told crews it would close, they left.",
            "Quill Works",
        ),
        ("Norway and Sweden said the flood had led to more arrests.", "Norway and Sweden"),
        (
            "The governments of Norway and Sweden said it was shut.",
            "the governments of Norway and Sweden",
        ),
        ("The Echo wrote a note — citing experts who say that boats will sail.", "experts"),
        ("Town officials and pilots said it was shut.", "town officials and pilots"),
        ("The mill cut jobs and officials said it was shut.", "officials"),
        (
            "Oak lasts, according to Ada Quill, head of oak, and Rune Dahl, a pilot at the mill.",
            "Ada Quill and Rune Dahl",
        ),
        (
            "Norway came, while the town’s police deny the charge and say they show restraint.",
            "the town’s police",
        ),
        ("Ada Quill came, while the crews left, and said that it leaks.", "Ada Quill"),
        (
            "Teams in Oslo and around the country say it was shut.",
            "Teams in Oslo and around the country",
        ),
        ("The mayors met in Oslo and officials say it was shut.", "officials"),
        ("Supporters of the two old pacts say it was shut.", "supporters of the two old pacts"),
        ("Ada Quill last April said it was shut.", "Ada Quill"),
        ("April said it was shut. She is Ada April.", "Ada April"),
        ("When asked by the Echo, the firm, a bank, said the quay was shut.", "the firm"),
        ("Ada Quill left, and her aide, Ed Voss, said it was safe.", "Ed Voss"),
    ]:
        assert [who for _, who, _ in found(text)] == [speaker], text
    # the words may be a title that the mayor heard
    assert found("“Bridge Song,” the band’s hit, Ada Quill, its singer, said, was old.") == []


def test_what_is_said_may_have_a_verb_in_the_past_behind_any_noun() -> None:
    for text, expected in [
        ("Ada Quill said the boat sank.", ["the boat sank"]),
        ("Ada Quill said it won.", ["it won"]),
        ("Ada Quill said the crew rowed home.", ["the crew rowed home"]),
        ("Ada Quill said Rune Dahl hid the boat.", ["Rune Dahl hid the boat"]),
        # an object and its participle, or no verb at all
        ("Ada Quill described the boat sold in Oslo.", []),
        ("Ada Quill said a prayer.", []),
        ("Ada Quill said nothing of the boat sold in Oslo.", []),
        # when, where and by whom, behind words in marks
        ("“Come,” Ada Quill said this week at a dinner held for crews and friends.", ["Come,"]),
        ("“Come,” Ada Quill said this week at a dinner hosted by Tides and Works.", ["Come,"]),
        ("“Come,” Ada Quill said next day at a dinner held for crews and friends.", ["Come,"]),
        ("Ada Quill said a dinner hosted by Harwick Works.", []),
        ("Ada Quill said this week the boat sank.", ["this week the boat sank"]),
        ("Ada Quill said a month of rain ruined the hay.", ["a month of rain ruined the hay"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_headline_in_capitals_reports_nothing() -> None:
    headlines = [
        "ADA QUILL SAYS HARBOUR BRIDGE WILL CLOSE BEFORE WINTER",
        "Bridge Will Close Before Winter, SAYS Ada Quill",
        "PILOTS SAY HARBOUR CRANES ARE BROKEN",
    ]
    for headline in headlines:
        assert found(f"{headline}\n\nRain fell on the quay.") == [], headline
        # below the first paragraph such a line is part of the text
        assert len(found(f"Rain fell on the quay.\n\n{headline}")) == 1, headline


def test_somebody_stands_between_a_bidding_and_what_is_to_be_done() -> None:
    for text, expected in [
        ("Ada Quill urged him to open the quay.", ["to open the quay"]),
        ("Ada Quill begged Oslo to open the quay.", ["to open the quay"]),
        ("Ada Quill urged adherence to new limits.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_that_or_a_mark_tells_whose_the_words_are() -> None:
    for text, expected in [
        # a second "that" belongs to the report
        ("Oslo waits for news that Ada Quill told the crews that she left.", ["she left"]),
        (
            "Word that Ed Voss told pilots that they could sail was old.",
            ["they could sail was old"],
        ),
        ("The guide explains that how boats sail is unknown.", ["how boats sail is unknown"]),
        ("The guide explains how boats sail.", []),
        ("Ed Voss told a harbour court last June that it leaks.", ["it leaks"]),
        # the words only lead to a title in marks
        ("Ada Quill said she took her plan from a speech in Voss’s “Grey Harbour”.", []),
        ("Ada Quill said she took her plan from a speech.", ["she took her plan from a speech"]),
        # a contrast is part of the words, a verb of the past alone is a clause
        (
            "Ada Quill argued that crews must be paid, but not owners.",
            ["crews must be paid, but not owners"],
        ),
        ("Ada Quill argued that crews must be paid, but owners left.", ["crews must be paid"]),
        ("Ada Quill insisted sales dipped.", ["sales dipped"]),
        ("Ada Quill insisted on red sails.", []),
        # what happens "when" somebody says it stands behind the comma
        ("When, on Monday, Ada Quill said it was shut, pilots left.", ["it was shut"]),
        ("When the mill's owner, Ada Quill, said it was shut, pilots left.", ["it was shut"]),
        # an aside with those who speak
        (
            "The port plans, according to Ada Quill, its head, and Rune Dahl, a pilot, to shut.",
            ["The port plans"],
        ),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text
