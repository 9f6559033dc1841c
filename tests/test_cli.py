"""The command line: exit codes, where output goes, what is said on stderr."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import types
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import summarize
from summarize import log
from summarize.cli import cli
from summarize.config import Config, load_config
from summarize.errors import InputError, NothingToSummariseError
from summarize.saving import save
from summarize.types import Brief
from tests.builders import storm_brief

Pipeline = Callable[..., Brief]


class Calls(list[tuple[Any, Config]]):
    """The sources and configurations that the pipeline was called with, and the last date."""

    since: date | None = None


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Pipeline], None]:
    """Put a function in the pipeline's place, so that the command line is tested alone."""

    def put(function: Pipeline) -> None:
        module = types.ModuleType("summarize.pipeline")
        module.summarize_folder = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "summarize.pipeline", module)

    return put


@pytest.fixture
def calls(use: Callable[[Pipeline], None]) -> Calls:
    """Make the pipeline return the small brief and record its calls."""
    made = Calls()

    def run(
        source: Any,
        config: Config,
        *,
        created: datetime,
        since: date | None,
        progress: Callable[[str, int, int], None],
    ) -> Brief:
        progress("read", 0, 2)
        progress("write", 1, 2)
        made.append((source, config))
        made.since = since
        return storm_brief(created=created)

    use(run)
    return made


def call(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin)


def commands(
    group: click.Group = cli, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = [(path, group)]
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


# Help


@pytest.mark.parametrize(("path", "command"), commands())
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...], command: click.Command) -> None:
    text = call(*path, "--help").output
    assert command.help and "Example" in text and "  summarize " in text


@pytest.mark.parametrize(("path", "command"), commands())
def test_every_option_has_a_help_text_or_a_default(path: tuple[str, ...], command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help or option.show_default, f"{' '.join(path)} {option.name}"


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys; from summarize.cli import main\n"
        "sys.argv = ['summarize', 'brief', '--help']\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'torch', 'transformers', 'nltk', 'numpy'}))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("\n[]\n")


def test_reading_and_watching_import_no_heavy_library_before_something_is_there_to_do() -> None:
    heavy = "torch transformers nltk numpy lxml trafilatura pypdfium2 docx feedparser py3langid"
    script = (
        "import sys, summarize.job.loop, summarize.job.run, summarize.reading.worker\n"
        f"print(sorted({{m.split('.')[0] for m in sys.modules}} & set('{heavy}'.split())))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_version_is_told() -> None:
    assert call("--version").output == f"summarize, version {summarize.__version__}\n"


def test_commands_that_can_do_nothing_yet_are_not_offered() -> None:
    assert set(cli.commands) >= {"brief", "models", "train", "verify"}
    assert call("watch").exit_code == 2


# Output


def test_the_brief_goes_to_stdout_as_markdown(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", tmp_path)
    assert result.exit_code == 0
    assert result.stdout.startswith("# Brief · 2 articles")
    assert result.stderr == ""
    assert calls == [(tmp_path, load_config())]


def test_json_goes_to_stdout_when_asked_for(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", tmp_path, "--format", "json")
    assert json.loads(result.stdout)["schema"] == "summarize.brief/1"


def test_the_suffix_of_the_output_decides_the_format(calls: Calls, tmp_path: Path) -> None:
    call("brief", "seeds", "-o", tmp_path / "out.json")
    call("brief", "seeds", "-o", tmp_path / "out.txt")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("# Brief")


def test_a_single_format_is_written_to_the_very_file(calls: Calls, tmp_path: Path) -> None:
    call("brief", "seeds", "-o", tmp_path / "out.md", "--format", "json")
    assert json.loads((tmp_path / "out.md").read_text(encoding="utf-8"))


def test_several_formats_replace_the_suffix(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", "seeds", "-o", tmp_path / "out.txt", "--format", "md", "--format", "json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.json", "out.md"]
    assert len(calls) == 1


def test_links_lead_from_the_brief_to_the_sources(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir()
    assert "](in/two.txt#L1)" in call("brief", "in").stdout
    call("brief", "in", "-o", "out/brief.md")
    assert "](../in/two.txt#L1)" in (tmp_path / "out" / "brief.md").read_text(encoding="utf-8")


def test_the_json_brief_names_the_folder_that_was_read(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("in/deep", "out"):
        (tmp_path / folder).mkdir(parents=True)

    def folder_of(*arguments: str | Path, stdin: str | None = None) -> Any:
        call("brief", *arguments, "-o", "out/brief.json", stdin=stdin)
        return json.loads((tmp_path / "out" / "brief.json").read_text(encoding="utf-8"))["folder"]

    assert folder_of("in") == folder_of(tmp_path / "in") == "../in"
    assert folder_of("out") == "."
    assert folder_of("-", stdin="in/a.txt\nin/deep/b.txt\n") == "../in"
    assert folder_of("-", stdin="/a/b.txt\n/c/d.txt\n") is None
    for read in ("in", tmp_path / "in"):
        assert json.loads(call("brief", read, "--format", "json").stdout)["folder"] == "in"


@pytest.mark.parametrize("listed", [False, True])
def test_a_brief_that_was_just_written_verifies_without_options(
    use: Callable[[Pipeline], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: bool
) -> None:
    made = storm_brief()
    names = [f"in/{source.path}" for source in made.sources]
    for name, source in zip(names, made.sources, strict=True):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source.text, encoding="utf-8")
    use(lambda *_, **__: made)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    what = ("-",) if listed else ("in",)
    call("brief", *what, "-o", "out/brief.json", stdin="\n".join(names))
    assert call("verify", "out/brief.json").exit_code == 0
    (tmp_path / names[1]).unlink()
    assert call("verify", "out/brief.json").exit_code == 1


def test_output_is_utf_8_whatever_the_terminal_speaks(calls: Calls, tmp_path: Path) -> None:
    result = CliRunner(charset="utf-8", env={"PYTHONIOENCODING": "ascii"}).invoke(
        cli, ["brief", str(tmp_path)]
    )
    assert "·".encode() in result.stdout_bytes


def test_a_list_of_files_is_read_from_stdin(calls: Calls) -> None:
    name = os.fsdecode(b"b\xff c.txt")
    result = call("brief", "-", stdin=b"a.txt\r\n\n" + os.fsencode(name) + b"\n")
    assert result.exit_code == 0
    assert calls[0][0] == [Path("a.txt"), Path(name)]


def test_options_reach_the_configuration(calls: Calls, tmp_path: Path) -> None:
    call(
        "brief",
        tmp_path,
        "--config",
        "fast",
        "--words",
        "99",
        "--topics",
        "3",
        "--embedder",
        "e",
        "--writer",
        "w",
    )
    config = calls[0][1]
    assert (config.words, config.topics, config.embedder.model, config.writer.model) == (99, 3, "e", "w")
    assert config.writer.n_beams == 1


def test_a_brief_among_the_articles_is_warned_of(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", tmp_path, "-o", tmp_path / "brief.md")
    assert result.exit_code == 0
    assert "may read it as an article" in result.stderr


# Errors


def test_failed_inputs_are_named_and_the_exit_code_is_1(
    use: Callable[[Pipeline], None], tmp_path: Path
) -> None:
    use(lambda *_, **__: storm_brief(failures=[("a/x.txt", "is empty"), ("y.md", "is not text")]))
    result = call("brief", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == "a/x.txt: is empty\ny.md: is not text\n"
    assert result.stdout.startswith("# Brief")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("nowhere", "no such folder; check the spelling"), 2),
        (NothingToSummariseError("nowhere: no readable article"), 3),
    ],
)
def test_errors_of_the_library_become_a_message_and_an_exit_code(
    use: Callable[[Pipeline], None], error: Exception, code: int
) -> None:
    def fail(*_: Any, **__: Any) -> Brief:
        raise error

    use(fail)
    result = call("brief", "nowhere")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"Error: {error}\n")


def test_an_unexpected_error_is_not_hidden(use: Callable[[Pipeline], None]) -> None:
    def fail(*_: Any, **__: Any) -> Brief:
        raise ZeroDivisionError

    use(fail)
    assert isinstance(call("brief", "nowhere").exception, ZeroDivisionError)


def test_an_interrupt_ends_with_130_and_no_traceback(use: Callable[[Pipeline], None]) -> None:
    def interrupt(*_: Any, **__: Any) -> Brief:
        raise KeyboardInterrupt

    use(interrupt)
    result = call("brief", "nowhere")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "Interrupted.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "html"], "html is not available yet"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["--format", "md", "--format", "json"], "several formats need -o FILE"),
        (["--since", "last"], "--since last needs -o FILE"),
        (["--since", "yesterday"], 'give "last" or a date'),
        (["-o", "no/such/folder/brief.md"], "no such folder; create it first"),
        (["--config", "nightli"], 'did you mean "nightly"?'),
        (["--words", "0"], "command line: words: must be from 1"),
        (["--words", "many"], "not a valid integer"),
    ],
)
def test_wrong_usage_is_refused_before_any_work(calls: Calls, arguments: list[str], message: str) -> None:
    result = call("brief", "seeds", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert calls == []


def test_several_mistakes_are_listed_one_per_line(calls: Calls) -> None:
    result = call("brief", "seeds", "--words", "0", "--topics", "-1")
    assert result.stderr.splitlines()[0] == "Error:"
    assert len(result.stderr.splitlines()) == 3


def test_an_empty_list_of_files_is_nothing_to_summarise(calls: Calls) -> None:
    result = call("brief", "-", stdin="\n \n")
    assert result.exit_code == 3
    assert "one path per line" in result.stderr


def test_a_date_is_handed_to_the_pipeline(calls: Calls) -> None:
    assert call("brief", "seeds", "--since", "2020-02-21").exit_code == 0
    assert calls.since == date(2020, 2, 21)


def test_a_list_of_files_has_no_last_brief(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", "-", "--since", "last", "--state", tmp_path, stdin="a.txt\n")
    assert (result.exit_code, calls) == (2, [])
    assert "needs a folder" in result.stderr


# Saving


def test_a_file_that_cannot_be_written_is_a_plain_error(calls: Calls, tmp_path: Path) -> None:
    result = call("brief", "seeds", "-o", tmp_path / ("x" * 300 + ".md"))
    assert result.exit_code == 2
    assert "can't be written" in result.stderr


def test_a_failure_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "brief.md"
    target.write_text("old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(target, b"new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.md", tmp_path / "link.md"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    save(link, b"new")
    assert link.is_symlink() and target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


# Log and progress


def test_verbose_logs_one_event_per_line(calls: Calls, tmp_path: Path) -> None:
    lines = call("brief", tmp_path, "-v").stderr.splitlines()
    assert [line.split(" elapsed")[0] for line in lines] == [
        "event=progress stage=read done=0 total=2",
        "event=progress stage=write done=1 total=2",
        "event=stage stage=read seconds=0.012",
        "event=stage stage=write seconds=1.500",
        "event=brief articles=2 claims=2 failures=0",
    ]


def test_a_value_with_blanks_is_quoted() -> None:
    assert log.line("read", path='a "b".txt', n=3, empty="") == 'event=read path="a \\"b\\".txt" n=3 empty=""'


def test_a_bar_is_drawn_on_a_terminal_only_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    terminal = types.SimpleNamespace(isatty=lambda: True, write=written.append, flush=lambda: None)
    monkeypatch.setattr(sys, "stderr", terminal)
    log.configure(verbose=False)
    with log.progress() as report:
        report("read", 1, 4)
        report("read", 1, 4)
    assert written == ["\r\033[K█████░░░░░░░░░░░░░░░ read 1/4", "\r\033[K"]


# Models


def test_models_are_listed_with_licence_and_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "writer"
    broken.mkdir()
    (broken / "model.safetensors").write_bytes(b"x")
    entry = {
        "name": "writer", "files": {"model.safetensors": "0" * 64}, "licence": "MIT",
        "card": "writer/README.md", "bytes": 1_500_000,
    }  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps({"models": [entry]}))
    monkeypatch.setattr("summarize.resources.models_dir", lambda: tmp_path)
    result = call("models")
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line}
    assert "Apache-2.0" in rows["embedder"] and " ok " in rows["embedder"]
    assert "1.5 MB" in rows["writer"] and " damaged " in rows["writer"]
    assert rows["fast"].split()[1] == "embedded"
    assert result.exit_code == 2
    assert "does not match its checksum" in result.stderr
