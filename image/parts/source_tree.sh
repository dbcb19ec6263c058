# What is compiled: this tree as git knows it, in a folder of its own, where only that lies and what did not change
# keeps its time (so that it is not compiled again).

# source_tree FOLDER
source_tree() {
    local folder=$1 name
    mkdir -p "$folder"
    git ls-files -z --cached --others --exclude-standard | LC_ALL=C sort -z >"$folder.list"
    while IFS= read -r -d '' name; do
        [ -f "$name" ] || continue
        cmp -s "$name" "$folder/$name" || install -D -p "$name" "$folder/$name"
    done <"$folder.list"
    (cd "$folder" && find . -type f -printf '%P\0') | LC_ALL=C sort -z |
        LC_ALL=C comm -z -13 "$folder.list" - | (cd "$folder" && xargs -0 -r rm --)
    # One that git knows and that was deleted here is in the list still.
    (cd "$folder" && find . -type f -printf '%P\0') | while IFS= read -r -d '' name; do
        [ -e "$name" ] || rm -- "$folder/$name"
    done
}
