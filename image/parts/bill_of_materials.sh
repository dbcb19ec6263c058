# What lies beside the image: the bill of materials and the checksums of everything.

# bill_of_materials FOLDER IMAGE: IMAGE is the image's id, "portico-kiosk".
bill_of_materials() {
    local folder=$1 image=$2 version commit name
    version=$(image_version)
    commit=$(git rev-parse HEAD)
    name=${image}_$version
    [ -z "$(git status --porcelain)" ] || {
        say "this tree has changes that are in no commit: the image is called after the last one"
        commit+=-changed
    }
    python3 image/parts/sbom.py "$folder/$name.manifest" "$folder" "$version" "$commit" "$(git log -1 --format=%ct)" \
        >"$folder/$name.spdx.json" || fail "the bill of materials could not be made"
    rm -f "$folder"/files.sha1 "$folder"/files.sha256
    (cd "$folder" && sha256sum "$name".raw "$name".efi "$name".manifest "$name".spdx.json >"$name.SHA256SUMS")
}
