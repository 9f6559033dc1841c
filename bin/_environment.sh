# Sourced by the other scripts here. Makes and refreshes the repository's own environment in .venv.
# Needs $root, the repository. Everything it prints goes to stderr.

# An environment that happens to be active, or pip settings that point elsewhere, must not leak in.
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

fail() {
    echo "$(basename -- "$0"): $1" >&2
    exit 2
}

# What the environment was made from: it is out of date as soon as this differs from its stamp. The
# repository's place is part of it, because the commands in .venv/bin carry their full path.
fingerprint() {
    echo "$root"
    cksum <"$root/setup.cfg"
    cksum <"$root/constraints.txt"
}

find_python() {
    command -v python3 >/dev/null 2>&1 ||
        fail "python3 was not found; install Python 3.11 or newer and try again"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "$(python3 --version) is too old; put Python 3.11 or newer first in PATH as python3"
}

make_environment() {
    find_python
    python3 -m venv --clear "$root/.venv" >&2 ||
        fail "$root/.venv could not be made; is Python's venv module installed (python3-venv) and the folder writable?"
}

# ensure_environment NAME REQUIREMENT: installs REQUIREMENT unless .venv/NAME says that it was done.
ensure_environment() {
    stamp="$root/.venv/$1"
    if [ -x "$root/.venv/bin/python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then
        return
    fi
    "$root/.venv/bin/python" -c '' 2>/dev/null || make_environment
    echo "$(basename -- "$0"): installing into $root/.venv (the first time takes some minutes)" >&2
    (cd "$root" && .venv/bin/python -m pip install -q -c constraints.txt -e "$2") >&2 ||
        fail "installation failed; see the messages above"
    fingerprint >"$stamp"
}
