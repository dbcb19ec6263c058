# Measures; each figure beside its yardstick of the same run (docs/benchmarks.md).

portico_bench() { # [NAME...]
    need_packages build bench
    say "building"
    configure release
    compile build portico-central portico-kiosk benches
    python3 bench/run.py build/bin bench-out "$@"
}
