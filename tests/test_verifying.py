"""Re-reading what a brief cites: every edit of a cited passage is found, and nothing else is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from summarize import verifying
from summarize.cli import cli
from summarize.config import ReadConfig
from summarize.errors import BriefError
from summarize.nearest import find, nearest, stands
from summarize.rendering import to_json
from summarize.rendering.verification import to_json as report_json
from summarize.rendering.verification import to_text
from summarize.types import Article, Brief, Briefing, Position, Span
from summarize.verifying import Judgement, Verification, verify
from tests.builders import article, brief, claim, disagreement, evidence, storm_brief

HEAD = "Storm hits coast\n\n"
HIT, DIED = "A storm hit the coast on Thursday.", "Ten people died in the harbour."
FLOOD = "The town of Rovaniemi was flooded."
TEXT = f"{HEAD}{HIT} {DIED}\n\nNobody knows when it ends. Read more.\n"


def harbour() -> Brief:
    """Build a brief of two files: two claims rest on the first one, one on the second."""
    one, two = article(TEXT, 1, path="wire/one.txt"), article(f"{FLOOD} It rained.", 2, path="two.txt")
    claims = [claim(t, s, cites=[evidence(t, s)]) for t, s in ((HIT, one), (DIED, one), (FLOOD, two))]
    return brief([one, two], {"A storm on the coast": claims})


def written(folder: Path, made: Brief, *, key: str | None = "articles") -> Path:
    """Write a brief's sources and the brief itself beside them; return the brief's path."""
    for source in made.sources:
        path = folder / "articles" / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.text.encode())
    target = folder / "brief.json"
    target.write_text(to_json(made, key), encoding="utf-8")
    return target


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return written(tmp_path, harbour())


@pytest.fixture
def one(target: Path) -> Path:
    return target.parent / "articles" / "wire" / "one.txt"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def states(found: Verification) -> dict[str, str]:
    return {j.passage.text: j.state for j in found.judgements}


def judged(found: Verification, text: str) -> Judgement:
    return next(j for j in found.judgements if j.passage.text == text)


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["verify", *map(str, arguments)])


# Judgements


def test_untouched_files_are_intact(target: Path) -> None:
    found = verify(target)
    assert states(found) == {HIT: "intact", DIED: "intact", FLOOD: "intact"}
    assert (found.alarms, found.altered) == ((), ())


def test_what_else_changes_in_a_file_is_no_alarm(target: Path, one: Path) -> None:
    edit(one, "Nobody knows when it ends. Read more.", "It ended on Friday.")
    found = verify(target)
    assert found.alarms == ()
    assert found.altered == ("wire/one.txt",)


def test_text_inserted_in_front_moves_what_follows(target: Path, one: Path) -> None:
    edit(one, HIT, f"Updated.\n{HIT}")
    found = verify(target)
    assert states(found) == {HIT: "moved", DIED: "moved", FLOOD: "intact"}
    now = judged(found, DIED).now
    assert now is not None
    assert (now.path, now.line, now.text) == ("wire/one.txt", 4, DIED)
    assert one.read_text(encoding="utf-8")[now.start : now.end] == DIED


def test_of_several_places_the_nearest_is_named(target: Path, one: Path) -> None:
    one.write_text(f"{DIED}\n\n{HEAD}{HIT} Alas. {DIED}\n\n" + "It rained. " * 50 + DIED, encoding="utf-8")
    now = judged(verify(target), DIED).now
    assert now is not None and now.line == 5


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ("Ten people", "Six people", "Six people died in the harbour."),
        ("Ten people", "Eleven fishermen and sailors", "Eleven fishermen and sailors died in the harbour."),
        ("in the harbour.", "at sea.", "Ten people died at sea."),
        (
            "Ten people died in the harbour",
            "In the harbour, ten people died",
            "In the harbour, ten people died.",
        ),
    ],
)
def test_a_reworded_passage_is_shown_as_it_stands_now(
    target: Path, one: Path, old: str, new: str, now: str
) -> None:
    edit(one, old, new)
    found = verify(target)
    assert states(found) == {HIT: "intact", DIED: "changed", FLOOD: "intact"}
    place = judged(found, DIED).now
    assert place is not None
    assert place.text == now
    assert one.read_text(encoding="utf-8")[place.start : place.end] == now


def test_a_passage_of_which_nothing_is_left_is_shown_with_what_took_its_place(
    target: Path, one: Path
) -> None:
    edit(one, f" {DIED}", "")
    judgement = judged(verify(target), DIED)
    assert judgement.state == "changed"
    assert judgement.reason.startswith("nothing like it is in the file")
    assert judgement.now is not None and judgement.now.text.startswith("\nNobody knows")


def test_a_file_that_ends_before_the_passage_is_said_to(target: Path, one: Path) -> None:
    one.write_text("Withdrawn.", encoding="utf-8")
    judgement = judged(verify(target), DIED)
    assert (judgement.state, judgement.now) == ("changed", None)
    assert "ends before" in judgement.reason


def test_a_passage_that_was_only_wrapped_anew_is_told_apart(target: Path, one: Path) -> None:
    edit(one, "people died", "people\ndied")
    judgement = judged(verify(target), DIED)
    assert (judgement.state, "white space" in judgement.reason) == ("changed", True)


@pytest.mark.parametrize(
    ("before", "after"),
    [("It cost 5.", "It cost 5.3 million."), ("It cost 5.", "It cost 5.000"), ("We lost 5.", "We lost 5.9%")],
)
def test_a_number_that_goes_on_behind_the_passage_is_a_change(
    tmp_path: Path, before: str, after: str
) -> None:
    source = article(before)
    target = written(tmp_path, brief([source], {"Costs": [claim(before, source)]}))
    (tmp_path / "articles" / "a.txt").write_text(after, encoding="utf-8")
    assert states(verify(target)) == {before: "changed"}


def test_a_number_that_begins_before_the_passage_is_a_change(tmp_path: Path) -> None:
    source = article("So 5 died.")
    cited = claim("5 died.", source, cites=[evidence("5 died.", source)])
    target = written(tmp_path, brief([source], {"Deaths": [cited]}))
    (tmp_path / "articles" / "a.txt").write_text("So15 died.", encoding="utf-8")
    assert states(verify(target)) == {"5 died.": "changed"}


def test_a_missing_file_is_gone(target: Path, one: Path) -> None:
    one.unlink()
    found = verify(target)
    assert states(found) == {HIT: "gone", DIED: "gone", FLOOD: "intact"}
    assert judged(found, HIT).reason == "no such file"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"%PDF-1.7", "a PDF, not text"), (bytes(range(32)) * 9, "binary data")],
)
def test_an_unreadable_file_is_gone_with_the_reason(
    target: Path, one: Path, data: bytes, reason: str
) -> None:
    one.write_bytes(data)
    judgement = judged(verify(target), HIT)
    assert judgement.state == "gone" and judgement.reason.startswith(reason)


def test_a_folder_in_a_files_place_is_no_file(target: Path, one: Path) -> None:
    one.unlink()
    one.mkdir()
    assert judged(verify(target), HIT).state == "gone"


def test_a_renamed_file_is_found(target: Path, one: Path) -> None:
    one.rename(one.parents[1] / "moved.md")
    found = verify(target)
    assert states(found) == {HIT: "moved", DIED: "moved", FLOOD: "intact"}
    now = judged(found, HIT).now
    assert now is not None and now.path == "moved.md"


def test_a_renamed_file_that_also_changed_is_found_by_its_passages(target: Path, one: Path) -> None:
    edit(one, "Ten", "Six")
    one.rename(one.parents[1] / "moved.txt")
    assert states(verify(target)) == {HIT: "moved", DIED: "gone", FLOOD: "intact"}


def test_the_very_file_is_named_before_one_that_says_the_same(target: Path, one: Path) -> None:
    (one.parents[1] / "a.txt").write_text(f"He wrote: {HIT}", encoding="utf-8")
    one.rename(one.parents[1] / "z.txt")
    now = judged(verify(target), HIT).now
    assert now is not None and now.path == "z.txt"


def test_files_that_changed_places_have_moved(target: Path, one: Path) -> None:
    two = one.parents[1] / "two.txt"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    found = verify(target)
    assert set(states(found).values()) == {"moved"}
    assert [j.now.path for j in found.judgements if j.now] == ["two.txt", "two.txt", "wire/one.txt"]


def copies() -> Brief:
    """Build a brief of two files that share a sentence, as wire copies do; the claim rests on the first."""
    one = article(f"{HIT} One.", 1, path="one.txt")
    two = article(f"Two. {HIT}", 2, path="two.txt")
    return brief([one, two], {"Storm": [claim(HIT, one, cites=[evidence(HIT, one)])]})


def test_an_edit_is_not_hidden_by_a_copy_in_another_source(tmp_path: Path) -> None:
    target = written(tmp_path, copies())
    edit(tmp_path / "articles" / "one.txt", "Thursday", "Friday")
    judgement = judged(verify(target), HIT)
    assert judgement.state == "changed"
    assert judgement.copy is not None and judgement.copy.path == "two.txt"


def test_a_missing_file_is_not_replaced_by_a_copy_in_another_source(tmp_path: Path) -> None:
    target = written(tmp_path, copies())
    (tmp_path / "articles" / "one.txt").unlink()
    judgement = judged(verify(target), HIT)
    assert judgement.state == "gone"
    assert judgement.copy is not None and judgement.copy.path == "two.txt"


def test_an_edit_is_not_hidden_by_the_same_words_further_down(target: Path, one: Path) -> None:
    edit(one, "Read more.", f"Read more. {DIED}")
    assert verify(target).alarms == ()
    one.write_text(one.read_text(encoding="utf-8").replace("Ten", "Six", 1), encoding="utf-8")
    judgement = judged(verify(target), DIED)
    assert judgement.state == "changed"
    assert judgement.now is not None and judgement.now.text == DIED.replace("Ten", "Six")
    assert judgement.copy is not None and (judgement.copy.path, judgement.copy.line) == ("wire/one.txt", 5)


def test_a_paragraph_that_went_further_down_has_moved(target: Path, one: Path) -> None:
    edit(one, f"{HIT} {DIED}\n\nNobody knows when it ends.", f"Nobody knows when it ends.\n\n{HIT} {DIED}")
    assert states(verify(target)) == {HIT: "moved", DIED: "moved", FLOOD: "intact"}


def test_an_edit_is_not_hidden_by_a_backup_of_the_old_file(target: Path, one: Path) -> None:
    one.with_name("one-old.txt").write_bytes(one.read_bytes())
    edit(one, "Ten", "Six")
    judgement = judged(verify(target), DIED)
    assert judgement.state == "changed"
    assert judgement.copy is not None and judgement.copy.path == "wire/one-old.txt"


def test_another_text_in_the_place_of_a_file_that_moved(target: Path, one: Path) -> None:
    one.rename(one.with_name("yesterday.txt"))
    one.write_text("Parliament votes on the budget. The session was long.", encoding="utf-8")
    found = verify(target)
    assert states(found) == {HIT: "moved", DIED: "moved", FLOOD: "intact"}


@pytest.mark.parametrize(
    "title", ["# Brief · 2 articles", "# New since 5 March 2020, 06:00 UTC · 1 new article of 2"]
)
def test_a_brief_in_the_folder_is_no_place_to_move_to(target: Path, one: Path, title: str) -> None:
    (one.parents[1] / "brief.md").write_text(f"{title}\n\n{HIT}\n", encoding="utf-8")
    one.unlink()
    assert judged(verify(target), HIT).state == "gone"


def test_the_encoding_may_change_as_long_as_the_characters_stay(target: Path, one: Path) -> None:
    one.write_bytes(TEXT.encode("utf-16"))
    found = verify(target)
    assert found.alarms == () and found.altered == ("wire/one.txt",)


def test_characters_that_a_wrong_encoding_broke_are_a_change(tmp_path: Path) -> None:
    quoted = "“We lost everything,” said Zoë."
    source = article(f"It rained. {quoted} It went on raining.")
    target = written(
        tmp_path, brief([source], {"Rain": [claim(quoted, source, cites=[evidence(quoted, source)])]})
    )
    broken = source.text.encode().decode("cp1252", "replace").encode()
    (tmp_path / "articles" / "a.txt").write_bytes(broken)
    assert states(verify(target)) == {quoted: "changed"}


def test_positions_in_disagreements_are_verified_as_claims_are(tmp_path: Path) -> None:
    made = storm_brief()
    topic = made.topics[0]
    one, two = made.sources
    reconciled = disagreement("the storm", ("hit the coast", one), ("hit by a storm", two))
    alone = Position("storm", (evidence("Storm hits coast", one),))
    briefing = replace(topic, reconciled=(reconciled,), uncorroborated=(alone,))
    found = verify(written(tmp_path, replace(made, topics=(briefing,))))
    roles = {j.passage.text: [r.role for r in j.passage.resting] for j in found.judgements}
    assert roles == {
        "Storm hits coast": ["uncorroborated"],
        "A storm hit the coast on Thursday.": ["claim"],
        "hit the coast": ["reconciled"],
        "Ten people died.": ["claim"],
        "Ten people died": ["disagreement"],
        "The coast was hit by a storm.": ["claim"],
        "hit by a storm": ["reconciled"],
        "12 people died": ["disagreement"],
    }
    (tmp_path / "articles" / "two.txt").unlink()
    assert {j.passage.text for j in verify(tmp_path / "brief.json").alarms} == {
        "The coast was hit by a storm.", "hit by a storm", "12 people died",
    }  # fmt: skip


# Where the files are


def test_the_folder_is_looked_for_from_the_brief_first_and_then_from_here(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert verify(target).alarms == ()
    away = target.parent / "elsewhere"
    away.mkdir()
    target.rename(away / "brief.json")
    with pytest.raises(BriefError, match="--folder"):
        verify(away / "brief.json")
    monkeypatch.chdir(target.parent)
    assert verify(Path("elsewhere/brief.json")).alarms == ()


def test_a_folder_without_the_files_does_not_stand_in_for_the_right_one(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (target.parent / "elsewhere" / "articles").mkdir(parents=True)
    target.rename(target.parent / "elsewhere" / "brief.json")
    monkeypatch.chdir(target.parent)
    assert verify(Path("elsewhere/brief.json")).alarms == ()


def test_a_folder_that_moved_can_be_named(target: Path) -> None:
    moved = target.parent / "archive"
    (target.parent / "articles").rename(moved)
    with pytest.raises(BriefError, match="is not found"):
        verify(target)
    assert verify(target, moved).alarms == ()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_brief_is_found_through_a_link(target: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("links") / "latest.json"
    link.symlink_to(target)
    assert verify(link).alarms == ()


def test_files_without_a_common_folder_stand_by_their_own_paths(tmp_path: Path) -> None:
    source = article(DIED, path=(tmp_path / "articles" / "a.txt").as_posix())
    made = brief([source], {"Storm": [claim(DIED, source)]})
    target = written(tmp_path, made, key=None)
    assert verify(target).alarms == ()
    Path(source.path).unlink()
    assert states(verify(target)) == {DIED: "gone"}


def test_a_file_larger_than_reading_takes_by_default_is_verified(
    target: Path, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "ReadConfig", lambda: ReadConfig(max_bytes=10))
    assert verify(target).alarms == ()


# Briefs that are none


def plain_brief() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(to_json(harbour(), "articles"))
    return made


def without(*path: str | int) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        plain: Any = plain_brief()
        inner = plain
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        return dict(plain)

    return made


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "no brief, it is not JSON"),
        ("[" * 100_000, "no brief, it is not JSON"),
        ("[]", 'its "schema" is not summarize.brief/1'),
        ('{"schema": "summarize.floors/1"}', 'its "schema" is not summarize.brief/1'),
        ('{"schema": "summarize.brief/2"}', "a brief of a later version .summarize.brief/2.; update"),
        (without("topics"), 'a damaged brief, "topics" is missing'),
        (without("topics", 0, "claims", 0, "evidence"), '"evidence" is missing'),
        (without("sources", 0), "source 1 is cited and not listed"),
        (lambda: {**plain_brief(), "sources": {}}, '"sources" is no list'),
        (lambda: {**plain_brief(), "folder": "a\0b"}, '"folder" is no path'),
        (lambda: {**plain_brief(), "folder": 1}, '"folder" is no text'),
        (without("folder"), "does not tell which folder was read; name it with --folder"),
    ],
)
def test_what_is_no_brief_is_refused_with_the_reason(
    target: Path, content: str | Callable[[], dict[str, Any]], message: str
) -> None:
    target.write_text(content if isinstance(content, str) else json.dumps(content()), encoding="utf-8")
    result = call(target)
    assert result.exit_code == 2
    assert result.stdout == ""
    with pytest.raises(BriefError, match=message):
        verify(target)


def test_a_brief_that_does_not_tell_its_folder_can_be_told(target: Path) -> None:
    target.write_text(json.dumps(without("folder")()), encoding="utf-8")
    assert verify(target, target.parent / "articles").alarms == ()


def test_missing_files_and_folders_are_named(target: Path) -> None:
    for arguments, message in (
        ([target.parent / "none.json"], "none.json: no such file; give a file that"),
        ([target.parent], "a folder, not a brief"),
        ([target.parent / "articles" / "two.txt"], "it is not JSON"),
        ([target, "--folder", target.parent / "none"], "none: no such folder; check the spelling"),
    ):
        result = call(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


def test_bytes_that_are_no_text_are_no_brief(target: Path) -> None:
    target.write_bytes(b"\xff\xfe\x00")
    assert "it is not UTF-8" in call(target).stderr


# The report


def test_an_intact_brief_is_one_line_and_exit_code_0(target: Path) -> None:
    result = call(target)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{target}: 3 cited passages: 3 intact\n"


def test_the_report_tells_passage_by_passage_what_rests_on_it(target: Path, one: Path) -> None:
    edit(one, "Ten", "Six")
    (one.parents[1] / "two.txt").unlink()
    result = call(target)
    assert result.exit_code == 1
    start = TEXT.index(DIED)
    assert result.stdout == (
        f"{target}: 3 cited passages: 1 intact, 1 changed, 1 gone; 2 claims rest on what is not intact\n"
        "\n"
        f"changed  wire/one.txt, characters {start}–{start + len(DIED)}: stands there in other words\n"
        f"  cited: {DIED}\n"
        "  now:   wire/one.txt#L3: Six people died in the harbour.\n"
        "  under “A storm on the coast”\n"
        f"    claim: {DIED}\n"
        "\n"
        f"gone  two.txt, characters 0–{len(FLOOD)}: no such file\n"
        f"  cited: {FLOOD}\n"
        "  under “A storm on the coast”\n"
        f"    claim: {FLOOD}\n"
    )


def test_the_json_report_has_every_passage(target: Path, one: Path) -> None:
    edit(one, HEAD, f"{HEAD}\n")
    result = call(target, "--format", "json")
    assert result.exit_code == 1
    plain = json.loads(result.stdout)
    assert plain["counts"] == {"intact": 1, "moved": 2, "changed": 0, "gone": 0}
    assert [p["state"] for p in plain["passages"]] == ["moved", "moved", "intact"]
    first = plain["passages"][0]
    start = TEXT.index(HIT)
    assert (first["source"], first["path"], first["start"], first["text"]) == (1, "wire/one.txt", start, HIT)
    assert first["now"] == {
        "path": "wire/one.txt", "start": start + 1, "end": start + 1 + len(HIT), "line": 4, "text": HIT,
    }  # fmt: skip
    assert first["claims"] == [{"heading": "A storm on the coast", "role": "claim", "text": HIT}]


def test_both_reports_name_files_that_changed_elsewhere(target: Path, one: Path) -> None:
    edit(one, "Read more.", "")
    found = verify(target)
    assert "changed in other places than those cited: wire/one.txt" in to_text(found)
    assert json.loads(report_json(found))["altered"] == ["wire/one.txt"]


def test_a_brief_without_claims_has_nothing_to_verify(tmp_path: Path) -> None:
    target = written(tmp_path, brief([article("It rained.")]))
    assert call(target).stdout == f"{target}: 0 cited passages\n"


# The nearest passage


def test_a_passage_is_found_as_whole_words_first() -> None:
    assert find("Overall died out. all died", "all died", 0) == 18
    assert find("15 died and 5 died", "5 died", 0) == 12
    assert find("15 died", "5 died", 0) is None
    assert stands("5 died", "5 died", 0, 6) and not stands("5 died", "5 died", 1, 7)


def test_the_nearest_passage_has_its_likeness_worked_out_by_hand() -> None:
    # Words: ten people died here . against six people died here . – four of five match, so 2 * 4 / 10.
    near = nearest("It rained. Six people died here. They left.", "Ten people died here.", 0)
    assert near is not None
    assert (near.span, near.likeness) == (Span(11, 32), 0.8)


def test_nothing_is_near_where_no_word_is_shared() -> None:
    assert nearest("It rained", "Ten people died", 0) is None
    assert nearest("", "Ten", 0) is None
    assert nearest("Ten", "", 0) is None


# Planted edits

WORDS = st.sampled_from(
    "storm harbour people police river bridge minister court train fire “flood” Zürich Ávila night".split()
)


@st.composite
def sentence_of(draw: st.DrawFn, number: int) -> str:
    """A sentence that no other one equals or contains: its number is in it."""
    return f"{' '.join(draw(st.lists(WORDS, min_size=2, max_size=9)))} {number} times today.".capitalize()


@st.composite
def folder_of(draw: st.DrawFn) -> tuple[tuple[Article, ...], str]:
    """Articles of several sentences, and one sentence that a brief cites."""
    number = 100
    articles = []
    for n in range(1, draw(st.integers(2, 4))):
        size = draw(st.integers(2, 6))
        own = [draw(sentence_of(number + k)) for k in range(size)]
        number += size
        breaks = draw(st.lists(st.sampled_from([" ", "\n", "\n\n", "\r\n"]), min_size=size, max_size=size))
        articles.append(article("".join(s + b for s, b in zip(own, breaks, strict=True)), n))
    source = draw(st.sampled_from(articles))
    sentences = [s for s in source.text.replace("\r", "").replace("\n", " ").split(". ") if s.strip()]
    cited = draw(st.sampled_from(sentences)).strip().rstrip(".") + "."
    return tuple(articles), cited


def plant(kind: str, path: Path, cited: str) -> set[str]:
    """Make an edit and return the states that may be found."""
    text = path.read_bytes().decode()
    number = next(w for w in cited.split() if w.isdigit())
    edited = {
        "digit": text.replace(cited, cited.replace(number, str(int(number) + 300))),
        "word": text.replace(cited, cited.replace("times", "hours")),
        "letter": text.replace(cited, cited.replace("today", "todey")),
        "deleted": text.replace(cited, ""),
        "inserted before": "Update. " + text,
        "inserted inside": text.replace(cited, cited.replace("times", "times, they say,")),
        "mark": text.replace(cited, cited.replace(" times", ", times")),
    }
    if kind in edited:
        path.write_bytes(edited[kind].encode())
    elif kind == "byte order mark":
        path.write_bytes(text.encode("utf-8-sig"))
    elif kind == "renamed":
        path.rename(path.with_name("renamed.txt"))
    elif kind == "moved down":
        (path.parent / "deep").mkdir()
        path.rename(path.parent / "deep" / path.name)
    else:
        path.unlink()
    if kind in ("inserted before", "byte order mark", "renamed", "moved down"):
        return {"moved"}
    return {"gone"} if kind == "removed" else {"changed"}


KINDS = (
    "digit", "word", "letter", "deleted", "inserted before", "inserted inside", "mark", "byte order mark",
    "renamed", "moved down", "removed",
)  # fmt: skip


@given(made=folder_of(), kind=st.sampled_from(KINDS), data=st.data())
def test_every_planted_edit_is_found_and_nothing_else(
    made: tuple[tuple[Article, ...], str],
    kind: str,
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    articles, cited = made
    source = next(a for a in articles if cited in a.text)
    other = data.draw(st.sampled_from(articles))
    whole = other.text.strip()
    claims = tuple(
        claim(text, of, cites=[evidence(text, of)]) for text, of in ((cited, source), (whole, other))
    )
    folder = tmp_path_factory.mktemp("planted")
    target = written(folder, brief(articles, [Briefing("t1", "Storm", claims)]))
    assert verify(target).alarms == ()
    expected = plant(kind, folder / "articles" / source.path, cited)
    found = states(verify(target))
    assert found[cited] in expected
    if other is not source:
        assert found[whole] == "intact"
