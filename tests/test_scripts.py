"""bin/summarize: when it makes or refreshes .venv, and what it says when it can't; Python is stubbed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
# Stands for python3, and for .venv/bin/python: writes down how it is called, and makes a small .venv.
STUB = """#!/bin/sh
echo "$(basename "$0") $*" >>"$CALLS"
case "$*" in
"--version") echo "Python 3.8.1" ;;
"-c import sys"*) exit "$TOO_OLD" ;;
"-m venv"*)
    mkdir -p "$4/bin"
    cp "$0" "$4/bin/python"
    printf '#!/bin/sh\\necho "ran in $PWD with: $*"\\n' >"$4/bin/summarize"
    chmod +x "$4/bin/summarize"
    ;;
"-m pip"*) echo "chatter of pip"; exit "$PIP_FAILS" ;;
esac
"""


class Checkout:
    """A repository with the scripts, and a stubbed python3 in front of PATH."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout"
        self.root.mkdir()
        shutil.copytree(REPOSITORY / "bin", self.root / "bin")
        for name in ("setup.cfg", "constraints.txt"):
            shutil.copy(REPOSITORY / name, self.root / name)
        self.stubs = folder / "stubs"
        self.stubs.mkdir()
        (self.stubs / "python3").write_text(STUB)
        (self.stubs / "python3").chmod(0o755)
        self.calls = folder / "calls"

    def run(
        self, *arguments: str, script: Path | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the script from another folder."""
        self.calls.write_text("")
        path = f"{self.stubs}:{os.environ['PATH']}"
        environment = {"PATH": path, "CALLS": str(self.calls), "TOO_OLD": "0", "PIP_FAILS": "0", **extra}
        command = [str(script or self.root / "bin" / "summarize"), *arguments]
        return subprocess.run(
            command, cwd=self.stubs, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def installs(self) -> list[str]:
        """The calls of pip in the last run."""
        return [line for line in self.calls.read_text().splitlines() if "-m pip" in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_run_makes_an_environment_and_keeps_stdout_clean(checkout: Checkout) -> None:
    run = checkout.run("brief", "two words", "-o", "x")
    assert run.returncode == 0
    assert run.stdout == f"ran in {checkout.stubs} with: brief two words -o x\n"
    assert "chatter of pip" in run.stderr
    assert checkout.installs == ["python -m pip install -q -c constraints.txt -e ."]


def test_a_second_run_installs_nothing(checkout: Checkout) -> None:
    checkout.run()
    assert checkout.run().stderr == ""
    assert checkout.installs == []


@pytest.mark.parametrize("name", ["setup.cfg", "constraints.txt"])
def test_a_changed_requirement_installs_again_into_the_same_environment(
    checkout: Checkout, name: str
) -> None:
    checkout.run()
    with (checkout.root / name).open("a") as file:
        file.write("# changed\n")
    checkout.run()
    assert len(checkout.installs) == 1
    assert "venv" not in checkout.calls.read_text().replace(".venv", "")


def test_a_moved_repository_installs_again(checkout: Checkout) -> None:
    checkout.run()
    checkout.root = checkout.root.rename(checkout.root.with_name("elsewhere"))
    assert checkout.run().returncode == 0
    assert len(checkout.installs) == 1


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.run()
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert checkout.run().returncode == 0
    assert "-m venv --clear" in checkout.calls.read_text()


def test_a_failed_installation_is_tried_again(checkout: Checkout) -> None:
    run = checkout.run(PIP_FAILS="1")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "summarize: installation failed; see the messages above" in run.stderr
    assert checkout.run().returncode == 0
    assert len(checkout.installs) == 1


def test_it_runs_through_a_symbolic_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(checkout.root / "bin" / "summarize")
    assert checkout.run(script=link).returncode == 0


def test_an_old_python_is_named_with_what_is_needed(checkout: Checkout) -> None:
    run = checkout.run(TOO_OLD="1")
    assert run.returncode == 2
    assert run.stderr == (
        "summarize: Python 3.8.1 is too old; put Python 3.11 or newer first in PATH as python3\n"
    )


def test_a_missing_python_is_a_clear_error(checkout: Checkout, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "basename", "cksum", "cat"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    run = checkout.run(PATH=str(tools))
    assert run.returncode == 2
    assert run.stderr == "summarize: python3 was not found; install Python 3.11 or newer and try again\n"


# bin/test: the quality gate


def gate_calls(checkout: Checkout) -> list[str]:
    return [line for line in checkout.calls.read_text().splitlines() if "gate.py" in line]


def test_the_quality_gate_runs_where_the_data_is_named(checkout: Checkout, tmp_path: Path) -> None:
    run = checkout.run(script=checkout.root / "bin" / "test", SUMMARIZE_DATA=str(tmp_path / "my data"))
    assert run.returncode == 0
    assert gate_calls(checkout) == [f"python benchmarks/gate.py --data {tmp_path / 'my data'}"]


def test_the_quality_gate_finds_the_data_beside_the_repository(checkout: Checkout) -> None:
    (checkout.root.parent / "shared" / "data").mkdir(parents=True)
    checkout.run(script=checkout.root / "bin" / "test")
    assert gate_calls(checkout) == [f"python benchmarks/gate.py --data {checkout.root}/../shared/data"]


def test_the_quality_gate_says_when_it_is_skipped(checkout: Checkout, tmp_path: Path) -> None:
    run = checkout.run(script=checkout.root / "bin" / "test")
    assert "the quality gate was skipped: no research data" in run.stderr
    run = checkout.run("-k", "x", script=checkout.root / "bin" / "test", SUMMARIZE_DATA=str(tmp_path))
    assert "the quality gate was skipped, because only some tests were asked for" in run.stderr
    assert gate_calls(checkout) == []
