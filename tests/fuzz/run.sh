#!/usr/bin/env bash
# A short run of one fuzz target: run.sh PROGRAM CORPUS SECONDS. What crashes it is printed as hex, so that it can
# become a test.
set -euo pipefail
program=$1 corpus=$2 seconds=$3
[ -x "$program" ] || { echo "$program is not built: run ./portico test"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/new"
seeds=()
[ -d "$corpus" ] && seeds=("$corpus")
if ! "$program" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=20 -artifact_prefix="$scratch/" \
    -print_final_stats=1 "$scratch/new" "${seeds[@]}" >"$scratch/log" 2>&1; then
    tail -n 40 "$scratch/log"
    for crash in "$scratch"/crash-* "$scratch"/oom-* "$scratch"/timeout-*; do
        [ -e "$crash" ] && { echo "input:"; od -An -tx1 "$crash" | head -c 4000; }
    done
    exit 1
fi
grep number_of_executed_units "$scratch/log"
