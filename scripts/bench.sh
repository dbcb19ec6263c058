# Measures; each figure beside its yardstick of the same run.

portico_bench() {
    [ $# -eq 0 ] || { printf 'usage: ./portico bench\n' >&2; exit 2; }
    need_packages build demo
    say "building"
    configure release
    compile build portico-central portico-kiosk
    mkdir -p bench-out
    python3 bench/first_figures.py build/bin assets bench-out
}
