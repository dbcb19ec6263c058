# The Debian packages for the plan's IT: central, a desk, its telephone. debian/ says what is in them.
# shellcheck source=/dev/null
. image/parts/source_tree.sh
# shellcheck source=/dev/null
. image/parts/icons_package.sh

package_usage() {
    cat <<'TEXT'
usage: ./portico package [--out DIR] [--jobs N]

  --out DIR     where the packages go (package-out)
  --jobs N      compilers at a time (one a core)

Builds portico-common, portico-central, portico-agent and portico-phone with dpkg-buildpackage, for production, out of a
copy of what git knows of this tree. Their version names the commit; times follow from it. Leaves in DIR the packages, their
.buildinfo and .changes (unsigned), and SHA256SUMS. Needs Debian 12: Debian 13 has no python3-zxcvbn.
Exit codes: 0 done, 1 failed, 2 wrong use.
TEXT
}

# The project's version, and of which commit this is; "changed" when the tree is not as that commit has it.
package_version() {
    local changed=
    [ -z "$(git status --porcelain)" ] || changed=.changed
    printf '%s+git%s.%s%s\n' "$(sed -n 's/^project(portico VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)" \
        "$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)" "$(git log -1 --format=%h --abbrev=8)" "$changed"
}

# The changelog of a build: one entry, of the commit, at its time.
package_changelog() {
    # shellcheck source=/dev/null
    printf 'portico (%s) %s; urgency=medium\n\n  * As of commit %s.\n\n -- %s  %s\n' "$(package_version)" \
        "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$(git log -1 --format=%H)" \
        "$(sed -n 's/^Maintainer: //p' debian/control)" "$(TZ=UTC git log -1 --format=%cd --date=rfc-local)"
}

portico_package() {
    local out=package-out jobs work=$PORTICO_ROOT/.cache/package log
    jobs=$(nproc)
    while [ $# -gt 0 ]; do
        case "$1" in
        --out | --jobs)
            [ $# -ge 2 ] || { package_usage >&2; exit 2; }
            printf -v "${1#--}" '%s' "$2"
            shift
            ;;
        -h | --help) package_usage; exit 0 ;;
        *) package_usage >&2; exit 2 ;;
        esac
        shift
    done
    case "$jobs" in '' | *[!0-9]* | 0) package_usage >&2; exit 2 ;; esac
    need_packages build package
    mkdir -p "$work" "$out"
    icons_package "$work/icons"
    source_tree "$work/portico"
    package_changelog >"$work/portico/debian/changelog"
    say "building the packages of $(package_version)"
    log=$(realpath "$out")/build.log
    # Nothing of this machine or this moment goes in: not its language, zone, mask or folder (dpkg's fixfilepath).
    if ! (
        cd "$work/portico" && umask 022 &&
            env -u MAKEFLAGS LC_ALL=C.UTF-8 TZ=UTC \
                CCACHE_DIR="$(ccache --get-config cache_dir)" PORTICO_ICONS="$work/icons" \
                DEB_BUILD_OPTIONS="parallel=$jobs nocheck" dpkg-buildpackage -b -us -uc
    ) >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "the packages could not be built; the whole log is $log"
    fi
    rm -f "$out"/portico*.deb "$out"/portico*.buildinfo "$out"/portico*.changes
    mv "$work"/portico*.deb "$work"/portico*.buildinfo "$work"/portico*.changes "$out"/
    (cd "$out" && sha256sum portico*.deb portico*.buildinfo portico*.changes >SHA256SUMS)
    say "the packages are in $out/"
}
