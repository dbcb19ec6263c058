# Measures; each figure beside its yardstick of the same run (docs/benchmarks.md).

portico_bench() { # [NAME...]
    need_packages build test bench
    say "building"
    configure release
    compile build portico-central portico-kiosk portico-agent portico-phone benches
    python3 bench/run.py build/bin bench-out "$@"
}
