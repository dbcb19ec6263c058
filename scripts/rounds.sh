# Tests that are counted: the suite runs some rounds of each, these commands as many as wanted, from where they stopped.

portico_simulate() { # --seeds N [--from S]
    local seeds='' from=''
    while [ $# -gt 0 ]; do
        case "$1" in
        --seeds) seeds=${2:?--seeds wants a number}; shift 2 ;;
        --from) from=${2:?--from wants a seed}; shift 2 ;;
        *) printf 'usage: ./portico simulate --seeds N [--from S]\n' >&2; exit 2 ;;
        esac
    done
    [ -n "$seeds" ] || { printf 'usage: ./portico simulate --seeds N [--from S]\n' >&2; exit 2; }
    portico_rounds "simulation: terminals" "$seeds" "$from"
}

portico_rounds() { # [NAME [COUNT [FROM]]]
    need_packages build test
    configure test
    compile build-test all
    export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1}
    export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$PORTICO_ROOT/tests/support/leaks.supp:print_suppressions=0}
    if [ $# -eq 0 ]; then
        python3 scripts/rounds.py build-test/bin .cache/rounds list
    else
        python3 scripts/rounds.py build-test/bin .cache/rounds run "$1" "${2:-1000}" "${3:-}"
    fi
}
