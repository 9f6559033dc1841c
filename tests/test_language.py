"""What the shallow analysis of a sentence finds, and that no text makes it fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.language import (
    FUNCTION_WORDS,
    attributions,
    content_stems,
    denials,
    months,
    names,
    negations,
    openings,
    opens_dependent,
    quantities,
    quotations,
    reports,
    stem,
    weekdays,
    without_connectives,
    words,
)
from summarize.language.cohesion import hangs_on
from summarize.language.quotations import closed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. sent 1,000 troops.", ["The", "U.S.", "sent", "1,000", "troops", "."]),
        ("al-Assad’s nine-year war", ["al-Assad", "’s", "nine-year", "war"]),
        ("“3.6 million”, he said", ["“", "3.6", "million", "”", ",", "he", "said"]),
        ("Syria´s regime can't", ["Syria", "´s", "regime", "can't"]),
    ],
)
def test_words_keep_inner_marks_and_split_off_the_possessive(text: str, expected: list[str]) -> None:
    assert [w.text for w in words(text)] == expected


def test_a_stem_has_neither_possessive_nor_case_nor_diacritics() -> None:
    assert stem("Erdoğan’s") == stem("erdogan")
    assert stem("Soldiers") == stem("soldier") == "soldier"


def test_negations_are_content_and_articles_are_not() -> None:
    assert content_stems("The minister did not resign") == {"minist", "not", "resign"}
    assert not {"not", "no", "never", "without"} & FUNCTION_WORDS


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("the killing of 34 Turkish soldiers in Idlib", "count", 34, "soldier"),
        ("3.6 million Syrian refugees it already hosts", "count", 3_600_000, "refuge"),
        ("twenty-five people", "count", 25, "peopl"),
        ("two hundred and fifty tanks", "count", 250, "tank"),
        ("the nine-year conflict", "count", 9, "year"),
        ("changed hands twice", "count", 2, "time"),
        ("it cost $3.6 million", "money", 3_600_000, "$"),
        ("a stimulus of $1 trillion-plus", "money", 1e12, "$"),
        ("the 77 million-member church", "count", 77e6, "member"),
        ("a 38-million-dollar deal", "money", 38e6, "$"),
        ("debts of 28-million euros", "money", 28e6, "€"),
        ("it cost 20 euros", "money", 20, "€"),
        ("a rise of 4.5 percent", "percent", 4.5, "%"),
        ("a rise of 4.5%", "percent", 4.5, "%"),
        ("on February 6", "date", 206, None),
        ("on Feb. 2, 2020", "date", 202, None),
        ("on 5 March", "date", 305, None),
        ("agreed in 2018", "year", 2018, None),
        ("a 2016 deal with Brussels", "year", 2016, None),
        ("the 21st century", "ordinal", 21, "centuri"),
        ("at 10:30 pm", "time", 22 * 60 + 30, None),
        ("One million people fled", "count", 1_000_000, "peopl"),
    ],
)
def test_the_first_quantity_is_read(text: str, kind: str, value: float, unit: str | None) -> None:
    found = quantities(text)[0]
    assert (found.kind, found.value, found.unit) == (kind, value, unit)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "value", "bound", "covered"),
    [
        ("nearly a million civilians", 1e6, "below", "nearly a million"),
        ("more than 1,000 attacks", 1000, "above", "more than 1,000"),
        ("some 13,000 refugees", 13000, "about", "some 13,000"),
        ("hundreds of thousands of people", 1e5, "", "hundreds of thousands"),
        ("dozens of soldiers", 12, "", "dozens"),
    ],
)
def test_approximate_numbers_say_so(text: str, value: float, bound: str, covered: str) -> None:
    found = quantities(text)[0]
    assert (found.value, found.bound, found.text, found.approximate) == (value, bound, covered, True)


@pytest.mark.parametrize("text", ["10-15 tanks", "10 to 15 tanks", "between 10 and 15 tanks", "10–15 tanks"])
def test_ranges_have_two_ends(text: str) -> None:
    found = quantities(text)[0]
    assert (found.value, found.high, found.unit) == (10, 15, "tank")


@pytest.mark.parametrize(
    "text", ["one of the men", "the one who left", "a soldier", "one another", "Meanwhile, no one left"]
)
def test_one_and_a_are_mostly_no_quantities(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkish President Recep Tayyip Erdogan met his Russian counterpart Vladimir Putin.",
            [("turkish president", "recep tayyip erdogan"), ("russian counterpart", "vladimir putin")],
        ),
        (
            "Kremlin spokesman Dmitry Peskov left.",
            [(None, "kremlin"), ("kremlin spokesman", "dmitry peskov")],
        ),
        ("the Syrian Observatory for Human Rights said", [(None, "syrian observatory for human rights")]),
        ("Two people fled on Thursday in March 2018.", []),
        ("However, troops loyal to al-Assad fled.", [(None, "al-assad")]),
        ("Rebels said NATO was there.", [(None, "nato")]),
        ("Turkey-backed rebels and NATO-member states", [(None, "turkey"), (None, "nato")]),
        ("President George W. Bush left.", [("president", "george w bush")]),
    ],
)
def test_names_and_their_titles(text: str, expected: list[tuple[str | None, str]]) -> None:
    found = [(n.title, n.key) for n in names(text) if n.key not in ("turkish", "russian")]
    assert found == expected


def test_weekdays_and_months_are_found_and_modal_may_is_not() -> None:
    text = "He may march on Friday, May 5, or in March."
    assert [w.text for w in weekdays(text)] == ["Friday"]
    assert [w.text for w in months(text)] == ["May", "March"]


def test_grammatical_and_lexical_negations_are_told_apart() -> None:
    text = "It didn't say no and denied the false report."
    assert [w.text for w in negations(text)] == ["didn't", "no"]
    assert [w.text for w in denials(text)] == ["denied", "false"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and «no».", ["yes", "no"]),
        ('"We go," he said.', ["We go,"]),
        ("He called it ‘a threat’ to Syria’s peace.", ["a threat"]),
        ("“We do not aim to fight.", ["We do not aim to fight."]),
        ("Our aim is peace,” he said.", ["Our aim is peace,"]),
        ("It's Syria's war, they don't say.", []),
    ],
)
def test_quotations_are_found_even_when_unbalanced(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey said on Sunday it blocked the border.", ("Turkey",)),
        ("Tanks were destroyed, Akar said on Monday.", ("Akar",)),
        ("“We go,” said Kremlin spokesman Dmitry Peskov.", ("Kremlin spokesman Dmitry Peskov",)),
        ("The town fell, according to the Syrian Observatory for Human Rights.",
         ("the Syrian Observatory for Human Rights",)),
        ("Cavusoglu, speaking to reporters in Baku, said Turkey needed to act.", ("Cavusoglu",)),
        ("“It is false,” Oleg Zhuravlev, head of the centre, said.", ("Oleg Zhuravlev",)),
        ("Erdogan told Putin the solution was near.", ("Erdogan",)),
        ("Two soldiers were killed on Thursday.", ()),
    ],
)  # fmt: skip
def test_attributions_name_the_speaker(text: str, expected: tuple[str, ...]) -> None:
    assert attributions(text) == expected


def test_the_scope_of_a_report_is_what_was_said() -> None:
    text = "Two soldiers were killed, but Ankara said it hit 150 troops."
    (report,) = reports(text)
    assert [text[a:b] for a, b in report.scopes] == [" it hit 150 troops."]


@pytest.mark.parametrize(
    "text",
    [
        "He left Moscow.",
        "It has reinforced its positions.",
        "That deal has been set aside.",
        '"In this call [with Putin], we will discuss all developments," Erdogan said.',
        "But under that law, Turkey had to agree.",
        "Of those 34, two were officers.",
        "The Mexican government has always refused to do so.",
        "On Tuesday, Turkey tried to do the same.",
        "“I did not do so,” Erdogan said, noting that Putin had left.",
        "Mr. Erdogan urged Gen. Ivanov to do so.",
        "“No president has ever abased himself so before a tyrant,” he fumed in a statement.",
        "The two leaders agreed to talk.",
        "A third, General Ivanov of Russia, refused to talk.",
        "Both agreed to talk.",
        "Neither side has confirmed the request.",
        "The move angered Turkey.",
        "Many initially fled to Turkey.",
        "In 2018, they reached a deal.",
        "“There is a surge of violence in Idlib,” the ministry said in a statement.",
        "Russia coordinates with Turkey, the statement said.",
        "“The result will determine our stance there.”",
        "We must talk about everything.",
        "However, it has reinforced its positions.",
        "Turkish and Russian officials rejected the claim, saying nothing had come from the south.",
        "Erdogan offered the remarks on Fox News after a parade.",
        "Congress rejected that proposal, instead giving Erdogan a fraction of the money.",
        "Ankara, and Erdogan in particular, has denied these claims.",
        "Erdogan confirmed that he had — but went on to praise Putin.",
        "Putin said he would.",
        "Turkey launched several such missiles in 2017.",
        "Officials in Ankara had rejected that phrase.",
        "Many took to social media to make fun of Erdogan.",
        "Even more were about Erdogan.",
        "President Erdogan threatened to veto it later in the morning.",
        "Erdogan urged them to stand with Putin.",
        "In it, Erdogan says that Turkey will leave.",
        "In so doing, Erdogan has kept his promise.",
        "Prior to that, Erdogan served for two years in the army.",
        "On the other, Turkey has lost its allies.",
        "As a result, several soldiers left Idlib.",
        "For example, Erdogan sold his horse.",
        "Erdogan then left the town for Sochi.",
        "Putin would then call Erdogan, officials said.",
        "Two weeks ago, a woman was shot while protesting there.",
        "Polls show that Turks are in favor of this strategy.",
        "Most of these minors are likely to be sent home.",
        "Ms. Hill said that she was mystified by that conclusion.",
        "“You can't make that movie in Turkey,” Erdogan said.",
        "“Part of the reason for this is the war,” Erdogan said.",
        "The bill of Ms. Hill would cover all of that.",
        "The second witness was a soldier of Turkey.",
        "In a statement, it said that Turkey had agreed.",
        "If that were the case, Turkey might leave.",
        "The records reveal the roots of that kind of migration, Erdogan said.",
        "Some of these soldiers were born in Sochi.",
        "Nor does Turkey have an army in Sochi.",
        "Both states declared an emergency on Friday.",
        "“Well, history is written by the winners,” Erdogan said.",
        "Erdogan continued: “Nobody is safe in Idlib.”",
    ],
)
def test_sentences_that_lean_on_an_earlier_one(text: str) -> None:
    found = opens_dependent(text)
    assert found is not None
    assert found.kind == "anaphora"


@pytest.mark.parametrize(
    "text",
    [
        "Erdogan said he hopes for a deal.",
        "Turkey fears for the refugees it already hosts.",
        "As he left Moscow, Erdogan said he was content.",
        "There is no doubt about the figures from Ankara.",
        "The strategic town of Saraqeb has changed hands twice.",
        "The confrontation between Syria and Turkey has prompted worries.",
        "“I will go to Moscow on Thursday,” Erdogan told members of his party.",
        "Erdogan agreed and asked Putin to do the same.",
        "World War I ended in Turkey in 1918.",
        "“War is near,” Erdogan said before he left.",
        "This week Turkey closed its border.",
        "Until this year, Turkey had agreed.",
        "Among those killed were two children and a nurse.",
        "For those people who fled, Turkey opened its border.",
        "Turkey never did so well as in Sochi.",
        "Turkey would close its border if Russia asked it to do so.",
        "“We will leave if Moscow asks us to do so,” Erdogan said.",
        "“We will leave Moscow. Putin asked us to do so,” Erdogan said.",
        "At this point, Turkey has not agreed.",
        "For those who fled, Turkey opened its border.",
        "It is unclear whether Turkey will agree.",
        "So far Turkey has agreed.",
        "Erdogan said that Putin had lied, and Putin denied the claim.",
        "Erdogan rejected the claim that he had lied.",
        "Erdogan defended his remarks on the dam.",
        "Putin, who called Erdogan a liar, took those remarks back.",
        "Erdogan claimed victory, but few believed the claim.",
        "Erdogan was asked whether he would resign, and said that he would.",
        "Erdogan did as everybody would.",
        "Erdogan bought a horse and sold it in Sochi.",
        "Erdogan made it clear that he would stay.",
        "“I reject that proposal of theirs,” Erdogan said.",
        "Erdogan said that law enforcement needs reform.",
        "Erdogan rejected the suggestion he had lied.",
        "Erdogan repeated the claim without evidence that Putin had lied.",
        "Facebook removed the comments section from its site.",
        "Congress left it to the states to decide.",
        "Erdogan said everything he could.",
        "Some lost luggage was found in Ankara.",
        "Still more than 300 people are missing.",
        "Readers, listeners and viewers are leaving the BBC.",
        "When he came to Sochi, Erdogan then asked for a horse.",
        "Erdogan met Putin in Sochi, and soldiers were waiting there.",
        "Ankara put forward a strategy, and Erdogan defended this strategy.",
        "Some of those killed were born in Sochi.",
        "Both houses of Congress passed the bill for Turkey on Friday.",
        "The U.S. Embassy urged Turks to leave Lebanon or avoid traveling there.",
        "A bomb tore through a mosque in northern Iraq, killing 12 people praying there.",
        "Prices rose last year, and Turks say the main reason for that is the war in Idlib.",
        "“I condemn that attack,” Erdogan said of the shooting in Idlib.",
        "Asked about the shooting in Idlib, Erdogan said “those cases” must be solved.",
        "Shares of Apple fell on Monday then gained on Tuesday.",
        "George Bush was then governor of Texas.",
        "The third quarter was the worst for Turkey in a decade.",
        "Clashes in Idlib continued, “with no end in sight,” the United Nations said.",
        "Then President Bush signed the law on Turkey in 2002.",
        "Nor’easter batters New England with snow.",
        "While this weekend will be dry, Turkey waits for rain.",
        "Both soldiers and rebels left Idlib on Friday.",
        "Because this week was quiet, Erdogan left.",
        "“Wells are dry in Idlib,” Erdogan said.",
        "In a statement, Erdogan said that Turkey had agreed.",
        "A fire in Idlib continued, and Erdogan left for Sochi.",
        "The first lady of Turkey left for Sochi.",
    ],
)
def test_sentences_that_stand_alone(text: str) -> None:
    assert opens_dependent(text) is None


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("But Ankara has refused.", "Ankara has refused."),
        ("Meanwhile, rebels fled.", "Rebels fled."),
        ("Russia, for its part, said no.", "Russia said no."),
        ("Turkey, however, said no.", "Turkey said no."),
        (
            "Instead, Ann Hill and Roe said, the border would close.",
            "Ann Hill and Roe said the border would close.",
        ),
        ("Cavusoglu also said that Turkey agreed.", "Cavusoglu said that Turkey agreed."),
        ("In addition, Turkey agreed.", "Turkey agreed."),
        ("Turkey agreed.", "Turkey agreed."),
        ("But for Turkey, there would be no deal.", "But for Turkey, there would be no deal."),
        ("Flashback: Turkey agreed.", "Turkey agreed."),
        ("Why it matters: turkey agreed.", "Turkey agreed."),
        ("But for now, Turkey agreed.", "For now, Turkey agreed."),
        ("Thus far, Turkey agreed.", "Thus far, Turkey agreed."),
        ("Even better, Turkey agreed.", "Turkey agreed."),
        ("Even better deals were made.", "Even better deals were made."),
        ("Hill liked it, however, the price was high.", "Hill liked it, however, the price was high."),
        ("When Hill came, however, the price was high.", "When Hill came, the price was high."),
        ("Hill is, however, the only candidate.", "Hill is the only candidate."),
        ("Hill said, however, the vote would be held.", "Hill said the vote would be held."),
        ("Worse still, Hill lost the vote.", "Hill lost the vote."),
        ("But Hill said, if elected, he would go.", "Hill said, if elected, he would go."),
    ],
)
def test_connectives_can_be_cut_out(text: str, trimmed: str) -> None:
    assert without_connectives(text) == trimmed
    assert all(text[o.start : o.end] == o.text for o in openings(text))


@pytest.mark.parametrize(
    ("text", "hangs"),
    [
        ("Since then, restrictions have multiplied.", True),
        ("Until then, the bridge of Lowhaven stays shut.", True),
        ("By then President Hill had left.", False),
        ("Hill says that’s not quite right.", True),
        ("Which means Hill only has to sell four mills.", True),
        ("Which party will win the House remains unclear.", False),
        ("Previously it only sold them at night.", True),
        ("A family of Lowhaven said that it had sold a mill.", False),
        ("Republicans of Lowhaven rejected that broad approach on Monday.", True),
        ("Republicans of Lowhaven said that new plan would fail.", False),
        ("Ann Hill said that was wrong.", True),
        ("Ann Hill was elected mayor less than two weeks later.", True),
        ("Two weeks later, the council met in Lowhaven.", True),
        ("Ann Hill was elected in May and left two weeks later.", False),
        ("Ann Hill opened her mill two weeks later than planned.", False),
        ("Ann Hill went a step further in her speech.", True),
        ("Ann Hill was not willing to go that far.", True),
        ("Ann Hill was angry, but she did not go that far.", False),
        ("Ann Hill wants to let the police do this even more often.", True),
        ("Ann Hill has denied any wrongdoing.", True),
        ("A spokesman for the company called Lowhaven a mistake.", True),
        ("A spokesman for the company that owns the mill left Lowhaven.", False),
        ("Bids for that are around $11,000 in Lowhaven.", True),
        ("Other mills of Lowhaven have sold less.", True),
        ("Other than the mill, Lowhaven lost nothing.", False),
        ("One grabbed the purse of Ann Hill.", True),
        ("One in three voters left Lowhaven.", False),
        ("Police of Lowhaven say the four are suspects.", True),
        ("Ann Hill described it as more of a deal.", True),
        ("If not, the mill in Lowhaven will be sold.", True),
        ("If so, Ann Hill will be elected.", True),
        ("If not for Ann Hill, the mill would be gone.", False),
        ("Ann Hill's comments were widely criticized, and she later said she misspoke.", True),
        ("Ann Hill's comments on the mill were widely criticized.", False),
        ("Ann Hill's answer was to close the mill in Lowhaven.", False),
        ("Congress did this week something unseen in Lowhaven.", False),
        ("“We can do this again,” Ann Hill told Lowhaven.", False),
        ("Lowhaven does this every year.", False),
        ("Ann Hill, who was accused of theft, has denied any wrongdoing.", False),
        ("In the two-page letter to Grenell, Ann Hill asked for more.", True),
        ("In the interview with Ann Hill, Bo Rix asked for more.", False),
        ("In both cases, Ann Hill met the sellers in Lowhaven.", True),
        ("During the call, Ann Hill asked for more.", True),
        ("Earlier in the day, Ann Hill asked for more.", True),
        ("Asked again about the mill, Ann Hill said no more.", True),
        ("Ann Hill repeated the incendiary claim on Monday.", True),
        ("“But when the mill burned,” Ann Hill said, “we left Lowhaven.”", False),
        ("In the Steele memo, Ann Hill is named.", False),
        ("Polls close an hour later in the western part of Lowhaven.", False),
        ("Ann Hill resigned Monday, hours later her deputy quit.", False),
        ("The news comes as Lowhaven recorded 300 new cases.", True),
        ("Ann Hill is the first mayor to be honoured in this manner.", True),
        ("Ann Hill repeated the incendiary claim that a mill had burned.", False),
        ("A court of Lowhaven threw out those conditions on Monday.", True),
        ("What's more, Ann Hill said the mill had burned.", True),
        ("Hill said this is a town that votes.", False),
        ("Hill said that is what the law demands.", False),
    ],
)
def test_then_and_that_hang_on_an_earlier_sentence(text: str, hangs: bool) -> None:
    assert (opens_dependent(text) is not None) is hangs


@settings(max_examples=150)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("'’“”\"., 1aThe-%$"))))
def test_no_text_makes_the_analysis_fail(text: str) -> None:
    assert all(text[w.start : w.end] == w.text for w in words(text))
    assert "".join(w.text for w in words(text)) == "".join(text.split())
    assert all(text[n.start : n.end] == n.text for n in names(text))
    assert all(text[q.start : q.end] == q.text for q in quantities(text))
    reports(text), quotations(text), openings(text), without_connectives(text)


@pytest.mark.parametrize(
    "text", ["俄罗斯总统普京周四会见了埃尔多安。", "Путин встретился с Эрдоганом в Москве.", "", "…"]
)
def test_other_languages_pass_through(text: str) -> None:
    assert opens_dependent(text) is None or text
    assert names(text) is not None


@pytest.mark.parametrize(
    ("first", "second", "hangs"),
    [
        ("Ada Moss flew to Lowhaven.", "She met the mayor there.", True),
        ("The snow closed all roads.", "She met the mayor there.", False),  # who?
        ("The fire burned for nine hours.", "It spread to the harbour.", True),
        ("“It was hell,” Moss said.", "“The roof came down.”", True),
        ("The roof came down.", "“It was hell.”", False),  # who speaks?
        ("Moss will make a call to Hale.", "“In this call we will discuss it all,” she said.", True),
        ("Two miners were killed.", "“In this call we will discuss it all,” Moss said.", False),  # which?
        ("The mill burned down.", "This is what I saw.", False),  # a narrator
        ("Who set the fire?", "It was an accident.", False),
    ],
)
def test_a_sentence_hangs_on_one_that_explains_it(first: str, second: str, hangs: bool) -> None:
    assert hangs_on(first, second) is hangs


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The mayor said: “We wait.", "The mayor said: “We wait.”"),
        ('We hope so," she said.', '"We hope so," she said.'),
        (
            'She called it a "bad idea" and added: "We wait.',
            'She called it a "bad idea" and added: "We wait."',
        ),
        ("“We wait,” she said.", "“We wait,” she said."),
        ('A 12" pipe broke.', 'A 12" pipe broke.'),
        ("“A” and B,” he said.", "“A” and B,” he said."),  # nobody knows
        ("The mayor said: “We", "The mayor said: “We"),
        ("“We wait,” he said, “but not for long.", "“We wait,” he said, “but not for long.”"),
        ("She called it “odd on Monday.", "She called it “odd on Monday."),  # a mark is missing
        ("She called it „odd“ on Monday.", "She called it „odd“ on Monday."),
        ("The 6’4” guard went home.", "The 6’4” guard went home."),
        ("He called the wall a disgrace” and left.", "He called the wall a disgrace” and left."),
        ("The “Me Too movement has spread.", "The “Me Too movement has spread."),
        ("“We won,’’ he said.", "“We won,’’ he said."),
        ("I asked: ‘Is it so?’ ” he said.", "“I asked: ‘Is it so?’ ” he said."),
        ("He said: “They told us ‘we may go.", "He said: “They told us ‘we may go."),
    ],
)
def test_a_quotation_that_goes_on_in_another_sentence_gets_its_other_mark(text: str, whole: str) -> None:
    assert closed(text) == whole


def test_a_long_word_is_looked_through_quickly() -> None:
    begin = time.perf_counter()
    for text in ("a" * 20_000, "walking" * 3_000, "then left " * 1_000, "being there " * 1_000):
        opens_dependent(text)
    assert time.perf_counter() - begin < 10
