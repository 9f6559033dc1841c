"""The ready-made units and the crontab line: they parse, and use only options that the command has."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from summarize.job.commands import watch
from summarize.job.schedule import cron, zone_of

REPOSITORY = Path(__file__).resolve().parent.parent
CONTRIB = REPOSITORY / "contrib"
SERVICES = ("summarize.service", "summarize-watch.service")
UNITS = (*SERVICES, "summarize.timer")
# What `summarize watch` takes; all options but those of FLAGS have a value.
PARAMETERS = [p for p in watch.params if isinstance(p, click.Option)]
OPTIONS = {option for p in PARAMETERS for option in p.opts if option.startswith("--")}
FLAGS = {option for p in PARAMETERS if p.is_flag for option in p.opts if option.startswith("--")}
WHEN = {"--every", "--cron", "--once", "--status"}


def entries(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, key and value of each line of a unit; a line that is none of these fails."""
    section = ""
    for line in (CONTRIB / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section = header[1]
            continue
        entry = re.fullmatch(r"([A-Z]\w*)=(.*)", line)
        assert entry and section, f"{name}: {line!r} is no line of a unit"
        yield section, entry[1], entry[2]


def unit(name: str) -> dict[tuple[str, str], str]:
    found = list(entries(name))
    settings = {(section, key): value for section, key, value in found}
    assert len(settings) == len(found), f"{name}: a setting is there twice"
    return settings


def command_of(name: str) -> list[str]:
    if name == "crontab":
        (line,) = [line for line in (CONTRIB / name).read_text().splitlines() if not line.startswith("#")]
        return shlex.split(line.split(maxsplit=5)[5].split(" 2>>")[0])
    return shlex.split(unit(name)["Service", "ExecStart"])


def options(command: list[str]) -> dict[str, str | None]:
    """Return the options of ``PROGRAM watch FOLDER …`` with their values; anything else fails."""
    program, subcommand, folder, *rest = command
    assert (Path(program).name, subcommand) == ("summarize", "watch")
    assert not folder.startswith("-")
    given: dict[str, str | None] = {}
    while rest:
        option = rest.pop(0)
        assert option in OPTIONS, f"{option} is no option of summarize watch"
        given[option] = None if option in FLAGS else rest.pop(0)
        assert not (given[option] or "").startswith("--")
    return given


@pytest.mark.parametrize("name", [*SERVICES, "crontab"])
def test_a_command_uses_options_that_exist_and_says_once_when_to_run(name: str) -> None:
    given = options(command_of(name))
    assert len(WHEN & given.keys()) == 1
    assert given["--out"]
    if name != "summarize-watch.service":
        assert "--once" in given


def test_the_schedule_of_the_service_that_stays_is_understood() -> None:
    given = options(command_of("summarize-watch.service"))
    assert given["--cron"] and given["--timezone"]
    cron(given["--cron"], zone_of(given["--timezone"]))


def test_the_line_of_the_crontab_has_a_time_that_is_understood_and_no_percent_sign() -> None:
    (line,) = [line for line in (CONTRIB / "crontab").read_text().splitlines() if not line.startswith("#")]
    cron(" ".join(line.split()[:5]), zone_of("UTC"))
    assert "%" not in line


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_write_its_briefs_and_its_state_and_nothing_else(name: str) -> None:
    settings = unit(name)
    given = options(command_of(name))
    assert settings["Service", "ProtectSystem"] == "strict"
    assert settings["Service", "ReadWritePaths"].split() == [given["--out"]]
    assert given["--state"] == f"/var/lib/{settings['Service', 'StateDirectory']}"
    cache = f"XDG_CACHE_HOME=/var/cache/{settings['Service', 'CacheDirectory']}"
    assert settings["Service", "Environment"] == cache
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "PrivateDevices", "ProtectKernelTunables"):
        assert settings["Service", key] == "yes"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_time_to_end_in_order(name: str) -> None:
    settings = unit(name)
    assert int(settings["Service", "TimeoutStopSec"]) > 5
    assert "130" in settings["Service", "SuccessExitStatus"].split()


def test_a_service_that_stays_is_not_started_again_and_again_for_a_mistake_in_its_options() -> None:
    settings = unit("summarize-watch.service")
    assert settings["Service", "Restart"] == "on-failure"
    assert settings["Service", "RestartPreventExitStatus"] == "2"
    assert settings["Install", "WantedBy"] == "multi-user.target"


def test_the_timer_makes_up_for_a_morning_that_was_slept_through() -> None:
    settings = unit("summarize.timer")
    assert settings["Timer", "OnCalendar"] == "*-*-* 06:00:00"
    assert settings["Timer", "Persistent"] == "true"
    assert settings["Install", "WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    for name in UNITS:
        text = (CONTRIB / name).read_text(encoding="utf-8")
        # Neither the program nor the user need be there for the check of the other lines.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
        text = re.sub(r"^(?:User|Group)=.*\n", "", text, flags=re.MULTILINE)
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    # Not the exit code: an unknown setting is only warned of, and other units of the machine may be wrong.
    assert [line for line in result.stderr.splitlines() if "summarize" in line] == []


def test_the_page_for_operators_names_every_option_and_no_other() -> None:
    page = (REPOSITORY / "docs" / "watch.md").read_text(encoding="utf-8")
    table = page.split("| option | meaning |")[1].split("\n\n")[0]
    assert set(re.findall(r"--[a-z-]+[a-z]", table)) == OPTIONS
    for line in re.findall(r"^    summarize watch .*$", page, flags=re.MULTILINE):
        given = options(shlex.split(line, comments=True))
        assert len(WHEN & given.keys()) == 1
        if given.get("--cron"):
            cron(str(given["--cron"]), zone_of("UTC"))


def test_every_file_of_the_folder_is_on_the_page() -> None:
    page = (REPOSITORY / "docs" / "watch.md").read_text(encoding="utf-8")
    names = sorted(path.name for path in CONTRIB.iterdir())
    assert names == sorted([*UNITS, "crontab"])
    assert all(name in page for name in names)
