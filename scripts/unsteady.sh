#!/usr/bin/env bash
# Names the tests that failed and then passed, in reports written since the given second of the epoch: each is worth a look.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
find "$root" -path '*/target/*-reports/TEST-*.xml' -newermt "@${1:-0}" -print0 \
  | xargs -0 -r awk '
      function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
      /<testcase / { test = attribute("classname") "." attribute("name") }
      /<flaky(Failure|Error) / && !(test in seen) { seen[test] = 1; list = list "  " test "\n" }
      END { if (list != "") printf "Passed only when run a second time:\n%s", list }'
