"""Markdown and JSON of a brief."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarize import rendering
from summarize.rendering import to_json, to_markdown
from summarize.rendering.escaping import code, escape, escape_start
from summarize.rendering.markdown import date_range
from summarize.types import Briefing, Dropped
from tests.builders import article, brief, claim, day, disagreement, evidence, storm_brief


@cache
def validator() -> Any:
    path = Path(rendering.__file__).with_name("brief.schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def sentence_line(text: str, **values: Any) -> str:
    """Render one claim of article 1 and return its line."""
    source = article("Somebody said something.", published=date(2020, 2, 21))
    markdown = to_markdown(brief([source], {"Heading": [claim(text, source, **values)]}), "")
    return markdown.split("## Heading\n")[1].split("\n")[0]


def shown(markdown: str) -> str:
    """Return the visible text of a paragraph, as a Markdown reader shows it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {t.type for t in children} <= {"text", "text_special"}
    return "".join(t.content for t in children)


# Markdown


def test_the_whole_markdown_brief_reads_as_designed() -> None:
    markdown = to_markdown(storm_brief(), "seeds")
    head, _, footer = markdown.rpartition(", signature ")
    assert head == (
        "# Brief · 2 articles, 2 origins · 21 February – 1 March 2020\n"
        "\n"
        "## A storm on the coast\n"
        "A storm hit the coast on Thursday (20 February) [1][2]. Ten people died [1].  \n"
        "*Sources differ:* Ten people died [1]; 12 people died [2].\n"
        "\n"
        "**Sources**\n"
        "\n"
        "- [1] Daily Post, 21 February 2020, [`seeds/wire/one.txt#L3`](seeds/wire/one.txt#L3): "
        "Storm hits coast\n"
        "- [2] 1 March 2020, [`seeds/two.txt#L1`](seeds/two.txt#L1)\n"
        "\n"
        "*1 sentence fused, 1 quoted; 1 passage left out as site furniture · summarize 0.1.0"
    )
    assert len(footer) == len("0123456789ab*\n")


def test_the_head_line_says_how_many_origins_are_independent_where_some_articles_are_copies() -> None:
    sources = [article(f"Report {n}.", n, origin=min(n, 2)) for n in range(1, 6)]
    markdown = to_markdown(brief(sources, {"Storm": [claim("Report 1.", sources[0])]}), "")
    assert markdown.startswith("# Brief · 5 articles, 2 independent origins\n")


def test_a_long_topic_is_set_in_paragraphs_and_what_differs_stands_behind_the_last() -> None:
    told = "The flood of the river Orne broke the old dam above Lowhaven in the night, officials said."
    source = article(told)
    long = dataclasses.replace(storm_brief().topics[0], claims=tuple(claim(told, source) for _ in range(20)))
    markdown = to_markdown(dataclasses.replace(storm_brief(), topics=(long,)), "")
    topic = markdown.split("## A storm on the coast\n")[1].split("\n\n**Sources**")[0]
    *whole, last = topic.split("\n\n")
    assert whole and topic.count(told[:-1]) == 20
    assert all(part.startswith(told[:-1]) and part.endswith("[1].") for part in whole)
    assert last.startswith(told[:-1]) and "  \n*Sources differ:* " in last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Idlib.", "They met in Idlib [1]."),
        ("“We will go.”", "“We will go.” [1]"),
        ("Will they go?", "Will they go? [1]"),
        ("They waited...", "They waited... [1]"),
        ("They went to the U.S.", "They went to the U.S. [1]"),
        ("He works for Acme Inc.", "He works for Acme Inc. [1]"),
        ("A line without an end", "A line without an end [1]."),
        ("[Putin] left.", "\\[Putin\\] left [1]."),
        ("Two\nlines.", "Two lines [1]."),
        ("# not a heading.", "\\# not a heading [1]."),
        ("2020. That was the year.", "2020\\. That was the year [1]."),
        ("- a dash.", "\\- a dash [1]."),
    ],
)
def test_citations_stand_before_the_final_full_stop(text: str, expected: str) -> None:
    assert sentence_line(text) == expected


def test_what_tells_a_part_of_a_sentence_is_named_behind_what_bears_it_out() -> None:
    sources = [article(f"Report {n}.", n) for n in range(1, 5)]
    cites = [evidence(s.text, s) for s in sources]
    cites[1:3] = [dataclasses.replace(e, role="see also") for e in cites[1:3]]
    made = brief(sources, {"Storm": [claim("A storm hit the U.S. coast.", cites=cites)]})
    assert "A storm hit the U.S. coast [1][4], see also [2][3].\n" in to_markdown(made, "")
    said = brief(sources, {"Storm": [claim("“It hit the coast.”", cites=cites)]})
    assert "“It hit the coast.” [1][4], see also [2][3].\n" in to_markdown(said, "")
    (told,) = json.loads(to_json(made, "seeds"))["topics"][0]["claims"]
    assert [e["role"] for e in told["evidence"]] == ["support", "see also", "see also", "support"]
    validator().validate(json.loads(to_json(made, "seeds")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends on Thursday.", "It ends on Thursday (20 February) [1]."),
        ("Thursday's talks failed.", "Thursday's (20 February) talks failed [1]."),
        ("It ends on Thursday, February 20.", "It ends on Thursday, February 20 [1]."),
        ("It ends on Thursday (20 February).", "It ends on Thursday (20 February) [1]."),
        ("On Thursday 15 civilians died.", "On Thursday (20 February) 15 civilians died [1]."),
        ("“I go on Thursday,” he said.", "“I go on Thursday \\[20 February\\],” he said [1]."),
        ("It ended Thursday, 20 February.", "It ended Thursday, 20 February [1]."),
        ("It ends soon.", "It ends soon [1]."),
    ],
)
def test_a_weekday_gets_the_date_that_its_source_meant(text: str, expected: str) -> None:
    assert sentence_line(text, days=(day("Thursday", "2020-02-20"),)) == expected


def test_a_weekday_of_an_undated_source_says_so() -> None:
    assert sentence_line("On Thursday 15 civilians died.", undated=("Thursday",)) == (
        "On Thursday (date not given) 15 civilians died [1]."
    )


def test_that_a_day_has_no_date_is_not_said_twice_in_a_row() -> None:
    one, two = article("It rained on Thursday."), article("It snowed on Thursday.", 2)
    told = [("It rained", one), ("It rained", one), ("It snowed", two), ("It rained", one)]
    claims = [claim(f"{t} on Thursday.", s, undated=("Thursday",)) for t, s in told]
    line = to_markdown(brief([one, two], {"Heading": claims}), "").split("## Heading\n")[1].split("\n")[0]
    unknown, plain = "on Thursday (date not given)", "on Thursday"
    assert line == (
        f"It rained {unknown} [1]. It rained {plain} [1]. It snowed {unknown} [2]. It rained {unknown} [1]."
    )


def test_what_says_its_date_itself_does_not_date_the_next_sentence() -> None:
    source = article("On Thursday, Feb. 20, it rained. It snowed on Thursday.")
    claims = [
        claim(t, source, undated=("Thursday",))
        for t in ("On Thursday, Feb. 20, it rained.", "It snowed on Thursday.")
    ]
    markdown = to_markdown(brief([source], {"Heading": claims}), "")
    assert "On Thursday, Feb. 20, it rained [1]. It snowed on Thursday (date not given) [1]." in markdown


def test_equal_weekdays_get_their_dates_in_turn() -> None:
    days = (day("Monday", "2020-02-17"), day("Monday", "2020-02-24"))
    assert sentence_line("From Monday to Monday it rained.", days=days) == (
        "From Monday (17 February) to Monday (24 February) it rained [1]."
    )


def test_a_date_carries_its_year_where_the_sources_span_several() -> None:
    old, new = (article("It rained on Monday.", n, published=date(2019 + n, 1, 6)) for n in (0, 1))
    made = brief(
        [old, new], {"Rain": [claim("It rained on Monday.", new, days=(day("Monday", "2020-01-06"),))]}
    )
    assert "Monday (6 January 2020)" in to_markdown(made, "")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], ""),
        (["2020-02-06"], "6 February 2020"),
        (["2020-02-06", "2020-02-06"], "6 February 2020"),
        (["2020-02-21", "2020-02-06"], "6–21 February 2020"),
        (["2020-02-06", "2020-03-05"], "6 February – 5 March 2020"),
        (["2019-12-31", "2020-01-01"], "31 December 2019 – 1 January 2020"),
    ],
)
def test_a_date_range_is_as_short_as_is_clear(days: list[str], expected: str) -> None:
    assert date_range(map(date.fromisoformat, days)) == expected


def test_the_title_has_the_days_of_what_is_cited_and_says_how_many_have_none() -> None:
    days = (date(2020, 2, 21), None, date(2020, 3, 9))
    sources = [article(f"Report {n}.", n, origin=n, published=d) for n, d in enumerate(days, start=1)]
    told = [claim(s.text, s) for s in sources]
    one, two = (to_markdown(brief(sources, {"Heading": told[:n]}), "") for n in (1, 2))
    assert one.startswith("# Brief · 3 articles, 3 origins · 21 February 2020\n")
    assert two.startswith("# Brief · 3 articles, 3 origins · 21 February 2020, 1 undated\n")


def test_the_title_counts_copies_as_one_origin_and_leaves_unknown_dates_out() -> None:
    one = article("It rained.", 1, origin=1)
    made = brief([one, article("It rained!", 2, origin=1)], {"Rain": [claim("It rained.", one)]})
    assert to_markdown(made, "").startswith("# Brief · 2 articles, 1 independent origin\n")


def test_a_copy_of_a_story_says_so() -> None:
    one, two = article("It rained.", 1, origin=1), article("It rained!", 2, origin=1)
    markdown = to_markdown(brief([one, two], {"Rain": [claim("It rained.", one, two)]}), "")
    assert "[2] [`b.txt#L1`](b.txt#L1) (same story as [1])" in markdown


def test_sources_that_are_not_cited_are_named_up_to_a_few() -> None:
    many = [article(f"Number {n}.", n, path=f"{n}.txt") for n in range(1, 9)]
    markdown = to_markdown(brief(many, {"Numbers": [claim("Number 3.", many[2])]}), "in")
    assert "- [3] [`in/3.txt#L1`](in/3.txt#L1)\n" in markdown
    shown = ", ".join(f"[{n}] `in/{n}.txt`" for n in (1, 2, 4, 5, 6))
    assert f"- Read, not cited: {shown} and 2 more\n" in markdown


def test_the_link_leads_to_the_line_of_the_topmost_cited_passage() -> None:
    source = article("One.\nTwo.\r\n\nThree.")
    claims = [claim(t, source, cites=[evidence(t, source)]) for t in ("Three.", "Two.")]
    assert "a.txt#L2)" in to_markdown(brief([source], {"Numbers": claims}), "")


def test_a_path_with_blanks_and_brackets_makes_a_working_link() -> None:
    source = article("It rained.", path="a (1) [x]/b`c.txt")
    markdown = to_markdown(brief([source], {"Rain": [claim("It rained.", source)]}), "my news/")
    line = next(line for line in markdown.split("\n") if line.startswith("- [1]"))
    link = (MarkdownIt().parse(line[2:])[1].children or [])[1]
    assert link.attrGet("href") == "my%20news/a%20%281%29%20%5Bx%5D/b%60c.txt#L1"


def test_failures_and_everything_dropped_are_named() -> None:
    source = article("It rained.")
    dropped = [Dropped(1, 0, 2, stage, "why") for stage in ("read", "read", "plan", "check")]
    made = brief(
        [source], {"Rain": [claim("It rained.", source)]}, dropped=dropped, failures=[("x.md", "is *empty*")]
    )
    markdown = to_markdown(made, "")
    assert "**Not read**\n\n- `x.md`: is \\*empty\\*\n" in markdown
    assert "2 passages left out as site furniture, 1 sentence by check, 1 sentence by plan" in markdown


def test_a_brief_without_topics_says_so() -> None:
    assert "hold nothing that could be said" in to_markdown(brief([article("?")]), "")


_AWKWARD = st.text(st.sampled_from(list("ab 1\n\\`*_[]()<>#+-=.!|~&;:\"'“”")) | st.characters(codec="utf-8"))


@given(_AWKWARD)
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    # Characters that Markdown replaces or strips by its own definition are not text that can be shown.
    text = " ".join("".join(c for c in text if c.isprintable() or c == "\n").split())
    if text:
        assert shown(escape_start(escape(text))) == text.replace(" _ ", " – ")


def test_an_underscore_of_a_wire_is_shown_as_the_dash_that_it_stands_for() -> None:
    told = sentence_line("Hill will come _ a sign of trust _ on 3 May, by way of snake_case.")
    assert told == "Hill will come – a sign of trust – on 3 May, by way of snake_case [1]."


@given(_AWKWARD)
def test_a_code_span_shows_its_text(text: str) -> None:
    text = " ".join("".join(c for c in text if c.isprintable()).split())
    if text:
        tokens = MarkdownIt("commonmark").parse(f"x {code(text)}")
        assert [(t.type, t.content) for t in tokens[1].children or []][1:] == [("code_inline", text)]


def test_ordinary_text_is_not_cluttered() -> None:
    text = "A snake_case name, AT&T, 5 - 3, #hashtag? 100% (sic) – ‘fine’."
    assert escape(text).replace("\\#", "#") == text


# JSON


def test_the_json_brief_follows_its_schema() -> None:
    validator().validate(json.loads(to_json(storm_brief(failures=[("x.txt", "is empty")]), "seeds")))


def test_a_brief_of_files_without_a_common_folder_follows_the_schema() -> None:
    plain = json.loads(to_json(storm_brief(), None))
    assert plain["folder"] is None
    validator().validate(plain)
    assert not validator().is_valid({k: v for k, v in plain.items() if k != "folder"})


@pytest.mark.parametrize("at", [(), ("sources", 0), ("topics", 0), ("topics", 0, "claims", 0), ("stats",)])
def test_the_schema_permits_no_other_keys(at: tuple[str | int, ...]) -> None:
    plain = json.loads(to_json(storm_brief(), "seeds"))
    inner = plain
    for step in at:
        inner = inner[step]
    inner["extra"] = 1
    assert not validator().is_valid(plain)


def test_the_json_brief_holds_the_values_of_the_brief() -> None:
    plain = json.loads(to_json(storm_brief(), "seeds"))
    assert list(plain) == [
        "schema", "created", "signature", "folder", "sources", "topics", "dropped", "failures",
        "news", "stats",
    ]  # fmt: skip
    assert plain["sources"][0] == {
        "id": 1,
        "path": "wire/one.txt",
        "part": None,
        "format": "text",
        "sha256": storm_brief().sources[0].sha256,
        "title": "Storm hits coast",
        "publisher": "Daily Post",
        "published": "2020-02-21",
        "origin": 1,
        "words": 15,
        "metadata": dict.fromkeys(("title", "publisher", "agency", "author", "url", "language", "published")),
        "arrived": None,
        "text": None,
    }
    first = plain["topics"][0]["claims"][0]
    assert (first["support"], first["origins"], first["status"]) == (0.98, 2, "new")
    assert first["days"] == [{"text": "Thursday", "date": "2020-02-20"}]
    assert first["happened"] == []
    assert plain["topics"][0]["sources"] == [1, 2]
    assert plain["stats"]["seconds"] == {"read": 0.012, "write": 1.5}


def test_evidence_can_be_found_again_in_the_sources() -> None:
    made = storm_brief()
    texts = {a.id: a.text for a in made.sources}
    for topic in json.loads(to_json(made, "seeds"))["topics"]:
        for item in topic["claims"] + [p for d in topic["disagreements"] for p in d["positions"]]:
            for e in item["evidence"]:
                assert texts[e["source"]][e["start"] : e["end"]] == e["text"]


def test_the_time_is_given_in_utc() -> None:
    created = datetime(2020, 3, 6, 1, 30, 0, 999, tzinfo=timezone(timedelta(hours=2)))
    assert json.loads(to_json(storm_brief(created=created), "seeds"))["created"] == "2020-03-05T23:30:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_json(storm_brief(created=datetime(2020, 3, 6)), "seeds")


def test_two_runs_differ_in_time_only() -> None:
    one = storm_brief()
    stats = dataclasses.replace(one.stats, seconds=(("read", 9.0), ("write", 9.0)))
    other = dataclasses.replace(one, created=one.created + timedelta(days=1), stats=stats)
    first, second = json.loads(to_json(one, "seeds")), json.loads(to_json(other, "seeds"))
    for plain in (first, second):
        del plain["created"], plain["stats"]["seconds"]
    assert first == second
    assert to_markdown(one, "x") == to_markdown(other, "x")


def test_text_is_written_as_itself_with_a_closing_line_break() -> None:
    source = article("Größe “x” 東京.")
    text = to_json(brief([source], [Briefing("t1", "東京", (claim("Größe “x” 東京.", source),))]), "seeds")
    assert "Größe “x” 東京." in text.replace('\\"', '"')
    assert text.endswith("}\n")


def test_positions_stand_side_by_side_in_their_own_words() -> None:
    value = "reports of its fall are false, according to the army"
    one, two = article("It told of the fall of the town.", 1), article(f"It said: {value}.", 2)
    told = claim("It told of the fall of the town.", one)
    topic = Briefing(
        "t1", "A town", (told,), (disagreement("a town", ("the fall of the town", one), (value, two)),)
    )
    line = f"*Sources differ:* the fall of the town [1]; {value} [2]."
    assert line in to_markdown(brief([one, two], [topic]), "news")
