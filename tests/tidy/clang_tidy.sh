#!/usr/bin/env bash
# clang-tidy over what changed (or everything): usage clang_tidy.sh SOURCE_DIR BUILD_DIR ON|OFF.
# "What changed" is against PORTICO_TIDY_BASE, else the upstream branch when it differs, else the last commit.
set -euo pipefail
cd "$1"
build=$2
all=$3
base=${PORTICO_TIDY_BASE:-}
[ -n "$base" ] || base=$(git rev-parse -q --verify '@{upstream}' 2>/dev/null || true)
if [ -z "$base" ] || [ "$(git rev-parse "$base")" = "$(git rev-parse HEAD)" ]; then
    base=$(git rev-parse -q --verify HEAD~1 || git hash-object -t tree /dev/null)
fi
if [ "$all" = ON ]; then
    list=$(git ls-files 'shared/*.cpp' 'kiosk/*.cpp' 'agent/*.cpp' 'central/*.cpp')
else
    list=$(git diff --name-only --diff-filter=d "$base" -- 'shared/*.cpp' 'kiosk/*.cpp' 'agent/*.cpp' 'central/*.cpp')
fi
[ -n "$list" ] || { echo "no source file changed since $base"; exit 0; }
printf '%s\n' "$list" | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "$build" \
    --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-error 2>/dev/null
