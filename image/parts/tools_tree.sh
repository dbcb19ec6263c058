# What builds and boots the image, in a Debian 13 of its own: mkosi 25, systemd-repart, ukify, QEMU 10, OVMF, swtpm.
# Debian 12's mkosi 14 and systemd-repart 252 need loop devices and device mapper of the kernel they run on; these
# do not.

tools_release=trixie
tools_packages=(
    mkosi apt systemd systemd-repart systemd-ukify systemd-boot-efi sbsigntool openssl python3-pefile
    squashfs-tools dosfstools mtools e2fsprogs cryptsetup-bin kmod cpio zstd xz-utils binutils gnupg
    debian-archive-keyring udev uidmap bubblewrap
    qemu-system-x86 ovmf python3-virt-firmware swtpm swtpm-tools
)

# tools_tree FOLDER: made once, and again when what is in it changes.
tools_tree() {
    local tree=$1 stamp
    stamp=$(printf '%s\n' "$tools_release" "${tools_packages[@]}" | sha256sum | cut -d ' ' -f 1)
    [ ! -e "$tree/.made" ] || [ "$(cat "$tree/.made")" != "$stamp" ] || return 0
    say "making the tools tree"
    rm -rf --one-file-system "$tree"
    local packages log
    packages=$(IFS=,; echo "${tools_packages[*]}")
    log=$(dirname "$tree")/tools.log
    if ! debian_sources "$tools_release" |
        mmdebstrap --variant=apt --mode=root --include="$packages" \
            --aptopt='APT::Install-Recommends "false"' "$tools_release" "$tree" - >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "the tools tree could not be made; the lines above say why ($log)"
    fi
    echo "$stamp" >"$tree/.made"
}

# What in_tools tells bwrap besides.
in_tools_more=()

# in_tools TREE COMMAND...: runs it in the tools tree, with this machine's folders where they are.
in_tools() {
    local tree=$1
    shift
    bwrap --bind "$tree" / --dev-bind /dev /dev --proc /proc --bind "$PORTICO_ROOT" "$PORTICO_ROOT" \
        --bind /tmp /tmp --chdir "$PWD" --die-with-parent "${in_tools_more[@]}" "$@"
}
