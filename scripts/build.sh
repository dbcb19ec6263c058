# Configuring and building. One preset, one folder (CMakePresets.json).

configure() { # PRESET
    local preset=$1 log
    log=$(mktemp)
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        fail "configuring failed; the lines above say what is missing"
    fi
    rm -f "$log"
}

compile() { # FOLDER [TARGET...]
    local folder=$1
    shift
    NINJA_STATUS='[%f/%t] ' ninja -C "$folder" "$@"
}

portico_build() {
    need_packages build
    configure release
    compile build
    say "programs are in build/bin/"
}

portico_format() {
    need_packages test
    git ls-files -z --cached --others --exclude-standard '*.h' '*.cpp' | xargs -0 clang-format -i
}
