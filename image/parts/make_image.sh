# The image itself: mkosi with what differs between machines and plans.

# The program's, unless image/build was told another: as updates are compared, and in every name.
image_version() { echo "${release:-$(sed -n 's/^project(portico VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)}"; }

# make_image IMAGE FLAVOUR WORK KEYS OUT CONFIG
make_image() {
    local image=$1 flavour=$2 work=$3 keys=$4 out=$5 config=$6
    local apt=$work/apt build=$work/build commit_time
    mkdir -p "$apt/etc/apt/sources.list.d" "$build" "$work/cache" "$work/packages" "$work/workspace"
    debian_sources trixie >"$apt/etc/apt/sources.list.d/mkosi.sources"
    # The time of every file, and the seed of every identifier, follow from the commit: the same twice.
    commit_time=$(git log -1 --format=%ct)
    # What a kiosk checks an update by.
    openssl x509 -in "$keys/updates.crt" -noout -pubkey >"$work/updates.pub"
    local arguments=(
        --directory image/mkosi
        --force
        --tools-tree "$work/tools"
        --sandbox-tree "$apt"
        --build-sources "$work/source:portico,$work/icons:icons"
        --build-directory "$build"
        --cache-directory "$work/cache"
        --package-cache-dir "$work/packages"
        --workspace-directory "$work/workspace"
        --output-directory "$out"
        --image-version "$(image_version)"
        --source-date-epoch "$commit_time"
        --seed "$(uuid_of "$image $commit_time")"
        --image-id "$image"
        --timezone "$time_zone"
        --extra-tree "$work/updates.pub:/usr/lib/portico/updates.pub"
        --secure-boot-key "$keys/secure-boot.key"
        --secure-boot-certificate "$keys/secure-boot.crt"
        --sign-expected-pcr-key "$keys/measurements.key"
        --sign-expected-pcr-certificate "$keys/measurements.crt"
    )
    case "$flavour" in
    test) arguments+=(--profile test) ;;
    test-broken) arguments+=(--profile test --profile broken) ;;
    esac
    [ -z "$config" ] || arguments+=(--extra-tree "$(realpath "$config"):/etc/portico/kiosk.toml")
    say "building $image"
    PYTHONPATH=$work/tools/usr/lib/python3/dist-packages /usr/bin/python3 -m mkosi "${arguments[@]}" build ||
        fail "the image could not be built; the lines above say why"
}

# uuid_of TEXT: the same for the same text.
uuid_of() {
    printf '%s' "$1" | sha256sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\1-\2-\3-\4-\5/'
}
