# Which Debian packages each job needs, and getting them. The lists are packages/*.txt; a line may name
# alternatives for other releases: "libboost1.81-dev|libboost-dev" takes the first that the release has.

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
fail() {
    printf 'portico: %s\n' "$*" >&2
    exit 1
}

package_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# The first alternative that is installed, else the first that apt knows, else the first named.
choose_package() {
    local alternatives name
    IFS='|' read -ra alternatives <<<"$1"
    for name in "${alternatives[@]}"; do
        package_installed "$name" && { echo "$name"; return; }
    done
    for name in "${alternatives[@]}"; do
        apt-cache show "$name" >/dev/null 2>&1 && { echo "$name"; return; }
    done
    echo "${alternatives[0]}"
}

# missing_packages LIST...: one name a line.
missing_packages() {
    local list line name
    for list in "$@"; do
        while read -r line; do
            line=${line%%#*}
            line=${line//[[:space:]]/}
            [ -n "$line" ] || continue
            local found=
            [[ $line == *@* ]] && command -v "${line#*@}" >/dev/null && continue
            line=${line%@*}
            for name in ${line//|/ }; do
                package_installed "$name" && found=1
            done
            [ -n "$found" ] || echo "$line"
        done <"packages/$list.txt"
    done | sort -u
}

need_packages() {
    command -v dpkg-query >/dev/null || fail "this needs Debian 12 or 13 (dpkg is missing)"
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing: ${missing[*]}. Run once as root, or install sudo."
        as_root=(sudo)
    fi
    say "installing ${#missing[@]} packages"
    local log
    log=$(mktemp)
    "${as_root[@]}" apt-get update >"$log" 2>&1 || true
    local names=() line
    for line in "${missing[@]}"; do names+=("$(choose_package "$line")"); done
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${names[@]}" \
        >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail "could not install: ${names[*]}. Without a network, install them from another source and run this again."
    fi
    rm -f "$log"
}

portico_packages() {
    local list
    for list in packages/*.txt; do
        printf '%s:\n' "$(basename "$list" .txt)"
        sed 's/#.*//; s/[[:space:]]*$//; /^$/d; s/^/  /' "$list"
    done
    local missing
    mapfile -t missing < <(missing_packages $(cd packages && ls ./*.txt | sed 's/\.txt$//'))
    printf 'missing here: %s\n' "${missing[*]:-none}"
}
