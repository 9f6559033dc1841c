"""Links among the articles: which are followed, which are named, and that no loop of them goes on."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarize.cli import cli
from summarize.config import ReadConfig
from summarize.reading import find_files, read
from summarize.reading.briefs import REASON, TEXTS_REASON, is_brief
from summarize.store import open_store
from summarize.store.folder import look

STORY = "The harbour of Port Ellery reopened on Monday after repairs to both of its piers."
FOLLOWING = ReadConfig(follow_links=True)
OUT = "a link out of the folder; copy the file into it, or set read.follow_links"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with one article, and one beside the folder."""
    made = tmp_path / "articles"
    (made / "in").mkdir(parents=True)
    (made / "in" / "a.txt").write_text(STORY)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.txt").write_text(STORY.replace("Monday", "Tuesday"))
    return made


def found(folder: Path | list[Path], options: ReadConfig | None = None) -> tuple[list[str], dict[str, str]]:
    files, failures = find_files(folder, options or ReadConfig())
    return [f.name for f in files], {f.path: f.reason for f in failures}


def test_a_link_to_a_file_outside_is_named_and_not_read(folder: Path) -> None:
    (folder / "b.txt").symlink_to(folder.parent / "outside" / "b.txt")
    assert found(folder) == (["in/a.txt"], {"b.txt": OUT})
    reading = read(folder)
    assert [a.path for a in reading.articles] == ["in/a.txt"]
    assert [(f.path, f.reason) for f in reading.failures] == [("b.txt", OUT)]


def test_a_link_to_a_folder_outside_is_named_and_not_listed(folder: Path) -> None:
    (folder / "more").symlink_to(folder.parent / "outside", target_is_directory=True)
    assert found(folder) == (["in/a.txt"], {"more": OUT})


def test_links_out_are_followed_where_the_options_say_so(folder: Path) -> None:
    (folder / "b.txt").symlink_to(folder.parent / "outside" / "b.txt")
    (folder / "more").symlink_to(folder.parent / "outside", target_is_directory=True)
    # The link and the folder name the same file, which is read once.
    assert found(folder, FOLLOWING) == (["in/a.txt", "more/b.txt"], {})


def test_links_inside_the_folder_are_followed_and_each_file_is_read_once(folder: Path) -> None:
    (folder / "0.txt").symlink_to("in/a.txt")
    (folder / "1.txt").symlink_to("0.txt")
    (folder / "z").symlink_to("in", target_is_directory=True)
    names, failures = found(folder)
    assert (len(names), failures) == (1, {})


@pytest.mark.parametrize("options", [ReadConfig(), FOLLOWING], ids=["inside", "everywhere"])
def test_loops_of_links_end(folder: Path, options: ReadConfig) -> None:
    (folder / "in" / "up").symlink_to("..", target_is_directory=True)
    (folder / "in" / "self").symlink_to(".", target_is_directory=True)
    (folder / "ring1.txt").symlink_to("ring2.txt")
    (folder / "ring2.txt").symlink_to("ring1.txt")
    names, _ = found(folder, options)
    assert [n for n in names if not n.startswith("ring")] == ["in/a.txt"]
    reading = read(folder, options)
    assert [a.path for a in reading.articles] == ["in/a.txt"]
    assert all(f.path.startswith("ring") and ";" in f.reason for f in reading.failures)
    assert reading.failures


def test_a_loop_through_a_folder_outside_ends(folder: Path) -> None:
    (folder / "more").symlink_to(folder.parent / "outside", target_is_directory=True)
    (folder.parent / "outside" / "back").symlink_to(folder, target_is_directory=True)
    assert found(folder, FOLLOWING) == (["in/a.txt", "more/b.txt"], {})


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert found(link) == (["in/a.txt"], {})


def test_a_link_to_a_sibling_whose_name_begins_alike_leads_out(folder: Path) -> None:
    beside = folder.parent / "articles-old"
    beside.mkdir()
    (beside / "c.txt").write_text(STORY)
    (folder / "c.txt").symlink_to(beside / "c.txt")
    assert found(folder)[1] == {"c.txt": OUT}


def test_a_chain_of_links_that_leaves_the_folder_and_comes_back_stays_inside(folder: Path) -> None:
    (folder.parent / "outside" / "back.txt").symlink_to(folder / "in" / "a.txt")
    (folder / "round.txt").symlink_to(folder.parent / "outside" / "back.txt")
    assert found(folder) == (["in/a.txt"], {})


def test_a_dead_link_out_of_the_folder_is_named(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder.parent / "nowhere.txt")
    assert list(found(folder)[1]) == ["gone.txt"]


def test_what_a_link_is_called_decides_whether_it_is_of_interest(folder: Path) -> None:
    (folder / "key.pem").symlink_to("/etc/hostname")
    (folder / ".hidden.txt").symlink_to(folder.parent / "outside" / "b.txt")
    assert found(folder) == (["in/a.txt"], {})


def test_a_file_that_the_caller_names_himself_may_be_a_link(folder: Path) -> None:
    link = folder / "b.txt"
    link.symlink_to(folder.parent / "outside" / "b.txt")
    assert found([link]) == (["b.txt"], {})


def test_a_device_or_pipe_among_the_articles_is_named_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "null.txt").symlink_to("/dev/zero")
    failures = {f.path: f.reason for f in read(folder, FOLLOWING).failures}
    assert failures == dict.fromkeys(
        ("null.txt", "pipe.txt"), "not a regular file; remove it from the folder"
    )


def test_a_job_treats_links_as_a_single_run_does(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").symlink_to(folder.parent / "outside" / "b.txt")
    (folder / "in" / "up").symlink_to("..", target_is_directory=True)
    for options, files in ((ReadConfig(), ("in/a.txt",)), (FOLLOWING, ("b.txt", "in/a.txt"))):
        with open_store(tmp_path / f"state{len(files)}") as store:
            seen = look(store, folder, options, datetime(2021, 5, 1, tzinfo=UTC), sleep=lambda _: None)
        assert seen.files == files
        assert {f.path: f.reason for f in seen.failures} == ({} if len(files) == 2 else {"b.txt": OUT})


def test_a_brief_and_the_texts_beside_it_are_named_and_not_read(folder: Path) -> None:
    target = folder / "brief.md"
    arguments = ["brief", str(folder), "--format", "md", "--format", "json", "-o", str(target), "--texts"]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert sorted(p.name for p in (folder / "brief.texts").iterdir()) == ["1-in-a.txt"]
    reading = read(folder)
    assert [a.path for a in reading.articles] == ["in/a.txt"]
    assert [(f.path, f.reason) for f in reading.failures] == [
        ("brief.json", REASON),
        ("brief.md", REASON),
        ("brief.texts", TEXTS_REASON),
    ]


def test_a_text_beside_a_brief_is_no_article_in_a_list_of_files_either(folder: Path) -> None:
    (folder / "brief.texts").mkdir()
    text = folder / "brief.texts" / "1-in-a.txt"
    text.write_text(STORY)
    assert found([folder / "in" / "a.txt", text]) == (["in/a.txt"], {"brief.texts/1-in-a.txt": TEXTS_REASON})
    assert found(text.parent) == found([text.parent]) == (["1-in-a.txt"], {})  # asked for, folder and all


def test_a_folder_that_only_is_called_like_the_texts_of_a_brief_is_read(folder: Path) -> None:
    (folder / "wire.texts").mkdir()
    (folder / "wire.texts" / "pier.txt").write_text(f"{STORY} It cost two million.")
    assert found(folder) == (["in/a.txt", "wire.texts/pier.txt"], {})


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("# Brief · 12 articles, 10 independent origins · 9 July 2018 – 20 July 2020", True),
        ("# Brief · 1 article, 1 origin", True),
        ("# New since 5 February 2020, 20:00 UTC · 1 new article of 1,004", True),
        ("# Brief · what the papers say", False),
        ("# New since the war: checkpoints", False),
    ],
)
def test_a_brief_is_told_by_its_first_line(first: str, expected: bool) -> None:
    assert is_brief(f"{first}\n\n{STORY}") is expected
