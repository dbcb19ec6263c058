# Boots the kiosk's image in an emulator and tries to break it: tests/image. Not a part of `./portico test`: it takes half
# an hour.
# shellcheck source=/dev/null
. image/parts/mirror.sh
# shellcheck source=/dev/null
. image/parts/tools_tree.sh

portico_image_test() {
    local work=$PORTICO_ROOT/.cache/image word
    for word in "$@"; do
        case "$word" in -h | --help) python3 tests/image/run.py --help; return ;; esac
    done
    [ "$(id -u)" = 0 ] || fail "this needs root, as making the image does"
    need_packages image
    mkdir -p "$work"
    tools_tree "$work/tools"
    # QEMU, its firmware and its TPM are those of the tools tree; central and a kiosk beside the emulated one are this
    # machine's (tests/image/host.py).
    in_tools_more=(--bind / /host --cap-add CAP_SYS_CHROOT)
    in_tools "$work/tools" python3 -B tests/image/run.py "$@"
}
