# The image as an update: what goes into the other slot of a kiosk that runs, signed by the plan's key for updates.

# signed_update FOLDER IMAGE KEYS: leaves FOLDER/IMAGE_VERSION.update with the root, its hash tree and the kernel image,
# the list of their sums, and that list's signature. A kiosk looks for these names
# (image/mkosi/mkosi.extra/usr/lib/portico/update).
signed_update() {
    local folder=$1 image=$2 keys=$3 name update part
    name=${image}_$(image_version)
    update=$folder/$name.update
    rm -rf "$update"
    mkdir "$update"
    say "signing the update $name"
    for part in root verity; do
        set -- "$folder/$name".*."$part".raw
        [ $# = 1 ] && [ -e "$1" ] || fail "mkosi left not one $part partition of $name in $folder: $*"
        # The partition's identifier stands between, as mkosi puts it. Not behind a dot: systemd-sysupdate takes the first
        # one for the version's end. Packed for the zeros at its end; no name and no time in it. Begun anew now and then
        # (--rsyncable), so that a small change of the root is one of the file, too: a kiosk that kept the last update fetches
        # what is new in this one. That makes it 2 % larger.
        gzip -1 -n --rsyncable <"$1" >"$update/${name}_${1#"$folder/$name."}.gz"
        rm "$1"
    done
    cp "$folder/$name.efi" "$update/"
    (cd "$update" && LC_ALL=C sha256sum -- *.efi *.gz >SHA256SUMS)
    openssl dgst -sha256 -sign "$keys/updates.key" -out "$update/SHA256SUMS.sig" "$update/SHA256SUMS"
}
