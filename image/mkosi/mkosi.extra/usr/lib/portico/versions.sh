# Versions of the image, and what is told of an update. To be read by a script that runs as root.

. /usr/lib/os-release

state=/var/lib/portico-update
told=/run/portico-update

# older A B: whether A is. As systemd-sysupdate and the boot loader compare.
older() { systemd-analyze compare-versions "$1" lt "$2"; }

# Digits and dots, ten at most: with the image's name before it and what it is behind it, it is a partition's label.
is_version() {
    [ ${#1} -le 10 ] && case "$1" in "" | *[!0-9.]* | .* | *. | *..*) false ;; esac
}

# kept_version NAME: what was kept under it; 0 when nothing was, or nothing that is a version (the power went, long ago).
kept_version() {
    kept=$(head -n 1 "$state/$1" 2>/dev/null) || kept=
    is_version "$kept" || kept=0
    echo "$kept"
}

# keep_version NAME VERSION: it is on the disk when this returns; before, the one that was kept is.
keep_version() {
    printf '%s\n' "$2" >"$state/$1.new"
    sync "$state/$1.new"
    mv "$state/$1.new" "$state/$1"
    sync "$state"
}

# tell VERSION OUTCOME REASON: for the kiosk to read. VERSION is one, or empty; the others are words of these scripts.
tell() {
    printf '{"version":"%s","outcome":"%s","reason":"%s"}\n' "$1" "$2" "$3" >"$told/outcome.json.new"
    chmod 0644 "$told/outcome.json.new"
    mv "$told/outcome.json.new" "$told/outcome.json"
    echo "update${1:+ }$1: $2${3:+, }$3"
}
