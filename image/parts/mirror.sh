# Where Debian's packages come from: where this machine's own apt has them from, with the image's release in the place
# of this machine's. No mirror is named in this tree.

# apt_site LABEL: the first address that apt has for packages of that label ("Debian", "Debian-Security").
apt_site() {
    apt-get indextargets --format '$(SITE)' "Created-By: Packages" "Component: main" "Label: $1" 2>/dev/null | head -n 1
}

# debian_sources RELEASE: as a deb822 file.
debian_sources() {
    local release=$1 main security
    main=$(apt_site Debian)
    security=$(apt_site Debian-Security)
    [ -n "$main" ] || fail "this machine's apt knows no Debian mirror; add one to /etc/apt/sources.list.d and run apt-get update"
    cat <<TEXT
Types: deb
URIs: $main
Suites: $release $release-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
TEXT
    if [ -n "$security" ]; then
        cat <<TEXT

Types: deb
URIs: $security
Suites: $release-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
TEXT
    else
        say "this machine's apt has no security updates: the image is built without them"
    fi
}
