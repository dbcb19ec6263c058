#!/usr/bin/env bash
# Every source file is as clang-format would leave it. `./portico format` mends it.
set -euo pipefail
cd "$1"
bad=$(git ls-files -z '*.h' '*.cpp' | xargs -0 clang-format --dry-run -Werror 2>&1 | grep -oE '^[^:]+:[0-9]+' |
    sort -u -t: -k1,1 || true)
[ -z "$bad" ] || { printf 'not in the project'\''s format (run ./portico format):\n%s\n' "$bad"; exit 1; }
