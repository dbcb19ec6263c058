# Every check of the project. ctest runs them all, the format check, clang-tidy and the fuzz targets included, so
# that one line at the end counts everything.

portico_test() {
    local full=OFF
    case "${1:-}" in
    --full) full=ON ;;
    '') ;;
    *) printf 'usage: ./portico test [--full]\n' >&2; exit 2 ;;
    esac
    need_packages build test
    say "building with sanitizers"
    configure test
    cmake -DPORTICO_TIDY_ALL=$full build-test >/dev/null
    compile build-test all benches # what measures must go on building
    if [ -d tests/fuzz ] && ls tests/fuzz/*_fuzz.cpp >/dev/null 2>&1; then
        say "building the fuzz targets"
        configure fuzz
        compile build-fuzz fuzz_targets
    fi
    say "building what has threads with the thread sanitizer"
    configure tsan
    compile build-tsan thread_tests
    say "running the tests"
    # One more than there are cores: of what a test does much is waiting for another program.
    local log=build-test/ctest.log outcome=0 left_out=(-LE '^full$') at_once=$(($(nproc) + 1))
    [ $full = OFF ] || left_out=()
    ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1:malloc_context_size=12} \
    LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$PORTICO_ROOT/tests/support/leaks.supp:print_suppressions=0} \
    UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1} \
        ctest --test-dir build-test "${left_out[@]}" -j "$at_once" --output-on-failure --no-tests=error 2>&1 | tee "$log" || outcome=1
    # ctest's own counting line, last.
    grep -E 'tests passed, [0-9]+ tests? failed out of' "$log" | tail -n 1
    return $outcome
}

portico_fuzz() {
    need_packages build test
    configure fuzz
    compile build-fuzz fuzz_targets
    local seconds=${1:-60} target name
    for target in build-fuzz/bin/*_fuzz; do
        name=$(basename "$target")
        mkdir -p ".cache/fuzz/$name"
        say "$name, $seconds s"
        local seeds=()
        [ -d "tests/fuzz/corpus/$name" ] && seeds=("tests/fuzz/corpus/$name")
        "$target" -max_total_time="$seconds" -print_final_stats=1 ".cache/fuzz/$name" "${seeds[@]}" 2>&1 |
            grep -E 'number_of_executed_units|peak_rss|ERROR|SUMMARY'
    done
}
