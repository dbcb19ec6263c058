#!/usr/bin/env bash
# The Debian packages without building them: what can be wrong in debian/ before a package is made.
# usage: check.sh units|sandbox|files|users|control SOURCE
set -euo pipefail
cd "$2"

wrong=0
complain() {
    printf '%s\n' "$*" >&2
    wrong=1
}
needs() { command -v "$1" >/dev/null || { echo "$1 is not installed: skipped"; exit 4; }; }
packages() { sed -n 's/^Package: //p' debian/control; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_RUNTIME_DIR=$scratch/run
mkdir -p "$scratch"/{run,user} "$scratch"/root/{etc,usr/bin,usr/lib/systemd/system}
appliance=image/mkosi/mkosi.extra/usr/lib
kiosk=$appliance/systemd/system/portico-kiosk.service

# The units as a machine has them: under their own names, with something in the place of each program.
lay_out_units() {
    local unit program
    cp "$(dirname "$(find /usr/lib/systemd/system /lib/systemd/system -name basic.target -print -quit 2>/dev/null)")"/*.target \
        "$scratch/root/usr/lib/systemd/system/"
    cp debian/*.service "$appliance"/systemd/system/portico-*.* "$scratch/root/usr/lib/systemd/system/"
    cp -r "$appliance/portico" "$scratch/root/usr/lib/"
    rm "$scratch"/root/usr/lib/systemd/system/*.user.service
    printf '[Service]\nExecStart=/usr/bin/seatd\n' >"$scratch/root/usr/lib/systemd/system/seatd.service"
    for program in portico-central portico-phone portico-agent cage seatd true; do
        printf '#!/bin/sh\n' >"$scratch/root/usr/bin/$program"
        chmod +x "$scratch/root/usr/bin/$program"
    done
    # A user's units have no root of their own for systemd-analyze.
    for unit in debian/*.user.service; do
        sed "s#^ExecStart=/#ExecStart=$scratch/root/#" "$unit" >"$scratch/user/$(basename "${unit/.user./.}")"
    done
}

# systemd-analyze says of a key that it does not know, and calls it good.
verify() { # NAME ARGUMENT...
    local name=$1 said
    shift
    said=$(systemd-analyze verify --man=no "$@" 2>&1) || complain "$name is refused"
    [ -z "$said" ] || complain "$name: $said"
}

check_units() {
    needs systemd-analyze
    lay_out_units
    local unit
    for unit in "$scratch"/root/usr/lib/systemd/system/portico-*.*; do
        verify "$(basename "$unit")" --root="$scratch/root" "$(basename "$unit")"
    done
    for unit in "$scratch"/user/*.service; do verify "$(basename "$unit")" --user "$unit"; done
}

# Exposure as systemd counts it, from 0 to 100, and no more than it was: docs/hardening.md says what is left. A user's
# unit would be counted as if it ran as root, so of that the options are asked for.
check_sandbox() {
    needs systemd-analyze
    lay_out_units
    local name limit option counts
    # As the systemd of Debian 12 counts; another one may look at more.
    counts=$(systemd-analyze --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
    while read -r name limit; do
        [ "$counts" = 252 ] || continue
        systemd-analyze security --offline=true --threshold="$limit" --no-pager \
            "$scratch/root/usr/lib/systemd/system/$name" >"$scratch/said" 2>&1 ||
            complain "$name: $(grep Overall "$scratch/said" || cat "$scratch/said")"
    done <<'LIMITS'
portico-central.service 12
portico-phone.service 18
portico-kiosk.service 20
portico-update.service 18
portico-started.service 15
portico-healthy.service 15
portico-restart.service 15
LIMITS
    for option in NoNewPrivileges=yes RestrictSUIDSGID=yes RestrictNamespaces=yes MemoryDenyWriteExecute=yes \
        LockPersonality=yes SystemCallArchitectures=native SystemCallFilter=@system-service LimitCORE=0 MemorySwapMax=0; do
        for name in debian/*.service "$kiosk"; do
            grep -qx "$option" "$name" || [ "${name##*/} $option" = "portico-kiosk.service MemorySwapMax=0" ] ||
                complain "$name has no $option"
        done
    done
}

# What debian/ names is there: in the tree, or as a program of the build.
check_files() {
    local list line from program
    for list in debian/*.install debian/*.docs; do
        packages | grep -qx "$(basename "${list%.*}")" || complain "$list is of no package of debian/control"
        while read -r line; do
            from=${line%% *}
            case "$from" in
            obj/bin/*)
                program=${from#obj/bin/}
                grep -qs "add_executable($program " ./*/CMakeLists.txt || complain "$list: no program $program is built"
                grep -q "^programs =.*\b$program\b" debian/rules || complain "$list: debian/rules does not build $program"
                ;;
            *) [ -e "$from" ] || complain "$list: $from is not there" ;;
            esac
        done <"$list"
    done
    local unit package named
    for unit in debian/*.service; do
        package=$(basename "$unit" | cut -d. -f1)
        for named in $(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$unit"); do
            grep -qx "obj/bin/$(basename "$named") usr/bin" "debian/$package.install" || complain "$unit: $named is not in $package"
        done
        for named in $(sed -n 's/^EnvironmentFile=//p' "$unit"); do
            grep -qx "debian/config/$(basename "$named") etc/portico" "debian/$package.install" || complain "$unit: $named is not in $package"
        done
        for named in $(grep -o 'file:///usr/share/doc/portico-common/[^ ]*' "$unit"); do
            grep -qx "docs/$(basename "$named")" debian/portico-common.docs || complain "$unit: $named is not in portico-common"
        done
    done
}

# Users and folders are made of what debian/ has, and are those of the units. As root also with their owners.
check_users() {
    needs systemd-sysusers
    local file package said
    for file in debian/*.sysusers; do
        said=$(systemd-sysusers --dry-run --root="$scratch/root" "$PWD/$file" 2>&1) || complain "$file: $said"
        package=$(basename "$file" .sysusers)
        grep -qx "User=$package" "debian/$package.service" || complain "$file: $package.service runs as somebody else"
        grep -q "^u $package " "$file" || complain "$file: there is no user $package"
        grep -q "^d $(sed -n 's#^WorkingDirectory=##p' "debian/$package.service") 0700 $package $package " \
            "debian/$package.tmpfiles" || complain "debian/$package.tmpfiles: the folder of $package.service is not its own"
    done
    ! grep -n '^[a-zA-Z][^ ]*[$!]' debian/*.tmpfiles || complain "a folder of members' data would be emptied"
    [ "$(id -u)" = 0 ] || { [ $wrong = 0 ] && echo "owners of folders are checked as root: skipped" && exit 4; }
    for file in debian/*.sysusers; do systemd-sysusers --root="$scratch/root" "$PWD/$file" >/dev/null 2>&1; done
    for file in debian/*.tmpfiles; do
        said=$(systemd-tmpfiles --create --root="$scratch/root" "$PWD/$file" 2>&1) && [ -z "$said" ] || complain "$file: $said"
    done
}

# What is said twice is said alike: what a build needs, the version, what is left out of a production build.
check_control() {
    local lists built
    lists=$(sed 's/#.*//; s/|.*//; /@/d; s/[[:space:]]//g; /^$/d' packages/build.txt | LC_ALL=C sort)
    built=$(sed -n '/^Build-Depends:/,/^$/p' debian/control | tr ',' '\n' | sed 's/^Build-Depends://; s/[[:space:]]//g; /^$/d; /^debhelper/d' |
        LC_ALL=C sort)
    [ "$lists" = "$built" ] || complain "debian/control and packages/build.txt differ:" "$(diff <(echo "$lists") <(echo "$built"))"
    local version
    version=$(sed -n 's/^project(portico VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
    head -n 1 debian/changelog | grep -qF "portico ($version) " || complain "debian/changelog is not of version $version"
    python3 - <<'PYTHON' || complain "debian/rules does not build what the preset \"production\" builds"
import json
presets = json.load(open("CMakePresets.json"))["configurePresets"]
rules = open("debian/rules").read()
wanted = next(p for p in presets if p["name"] == "production")["cacheVariables"]
missing = [f"-D{k}={v}" for k, v in wanted.items() if k.startswith("PORTICO_") and f"-D{k}={v}" not in rules]
raise SystemExit(" ".join(missing) or None)
PYTHON
}

"check_$1"
exit $wrong
