#!/bin/sh
# Makes the project's own Python environment in .venv: environment.sh run|dev
# Needs an interpreter (3.11 or 3.12) and a package index; everything else is brought along.
set -eu
cd "$(dirname "$0")/.."
kind=$1
lock=requirements.txt
[ "$kind" = dev ] && lock=requirements-dev.txt

say() { printf '%s\n' "$*" >&2; }

suitable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; }

stamp=".venv/.made-from-$(cat requirements.txt requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)"
if [ -x .venv/bin/python ] && { [ -e "$stamp-dev" ] || [ -e "$stamp-$kind" ]; }; then # the larger one will do
    exit 0
fi

interpreter=
for candidate in "${PYTHON:-}" python3.11 python3.12 python3 python; do
    [ -n "$candidate" ] && suitable "$candidate" && interpreter=$candidate && break
done
if [ -z "$interpreter" ]; then
    say "Python 3.11 or 3.12 is needed. Install one (Debian: apt install python3.11 python3.11-venv) or set PYTHON=/path/to/python."
    exit 1
fi

if [ ! -x .tools/bin/uv ]; then
    say "Bringing uv into .tools ..."
    rm -rf .tools
    if ! { "$interpreter" -m venv .tools && .tools/bin/python -m pip install --quiet uv; } >.tools.log 2>&1; then
        rm -rf .tools
        if ! "$interpreter" -m pip install --quiet --target .tools uv >>.tools.log 2>&1; then
            say "uv could not be installed: $(tail -n 1 .tools.log) (log: .tools.log). Is a package index reachable?"
            exit 1
        fi
    fi
    rm -f .tools.log
fi

[ -x .venv/bin/python ] && suitable .venv/bin/python || .tools/bin/uv venv --quiet --clear --python "$interpreter" .venv
say "Installing the pinned libraries of $lock ..."
.tools/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
.tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
rm -f .venv/.made-from-*
touch "$stamp-$kind"
