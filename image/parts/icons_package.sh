# The icons' package, fetched before the build: there is no network in it.

# icons_package FOLDER: leaves it where cmake/icons.cmake looks for it, below FOLDER as XDG_CACHE_HOME.
icons_package() {
    local folder=$1 log
    mkdir -p "$folder/portico"
    # What this machine has already is not fetched again.
    cp -n "${XDG_CACHE_HOME:-$HOME/.cache}"/portico/lucide-static-*.tgz "$folder/portico/" 2>/dev/null || true
    log=$(mktemp)
    if ! (cd "$folder" && XDG_CACHE_HOME=$folder cmake -P "$PORTICO_ROOT/image/parts/fetch_icons.cmake") >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "the icons could not be fetched; the lines above say why"
    fi
    rm -f "$log"
}
