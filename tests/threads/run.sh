#!/usr/bin/env bash
# Some tests of one program under the thread sanitizer: run.sh SOURCE_DIR PROGRAM TESTS... (Catch2's form, "server:*,mail:*").
# A race in a program that the tests start counts too: every report is printed, and one is enough to fail.
set -euo pipefail
source_dir=$1 program=$2
shift 2
[ -x "$program" ] || { echo "$program is not built: run ./portico test"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
outcome=0
# GLib's own allocator hands blocks from thread to thread unseen; with malloc the sanitizer follows them.
G_SLICE=always-malloc TSAN_OPTIONS="suppressions=$source_dir/tests/threads/races.supp:log_path=$scratch/race:second_deadlock_stack=1" \
    "$program" "$@" >"$scratch/log" 2>&1 || outcome=$?
# Nothing but what was suppressed is no race.
reports=$(find "$scratch" -name 'race.*' -exec grep -l 'WARNING: ThreadSanitizer' {} + || true)
if [ "$outcome" -ne 0 ] || [ -n "$reports" ]; then
    tail -n 60 "$scratch/log"
    [ -z "$reports" ] || xargs -d '\n' cat <<<"$reports"
    exit 1
fi
tail -n 3 "$scratch/log"
