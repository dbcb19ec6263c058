# The plan's signing keys: one for what the firmware starts, one for the measurements of a boot, one for updates. Made once
# into a folder that the operator names; a tree that is shared is the wrong place for them.

# signing_keys FOLDER TREE
signing_keys() {
    local folder=$1 tree=$2 inside name
    mkdir -p -m 0700 "$folder"
    inside=$(realpath "$folder")
    case "$inside/" in
    "$PORTICO_ROOT"/*) fail "$folder is in this tree: signing keys belong outside of it" ;;
    esac
    for name in secure-boot measurements updates; do
        [ -e "$inside/$name.key" ] && [ -e "$inside/$name.crt" ] && continue
        [ ! -e "$inside/$name.key" ] || fail "$folder has $name.key and not $name.crt: put it back, or name another folder"
        say "making the signing key $name"
        (
            umask 077
            openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 7300 -subj "/CN=Portico appliance $name/" \
                -keyout "$inside/$name.key" -out "$inside/$name.crt" 2>/dev/null
        )
    done
}
