#!/usr/bin/env bash
# Prints what the last `verify` covered: lines and branches of each published module, by all tests together.
set -euo pipefail
report=$(dirname "${BASH_SOURCE[0]}")/../checks/target/site/jacoco-aggregate/jacoco.csv
[ -r "$report" ] || { echo "coverage: no report; run ./verify" >&2; exit 1; }
awk -F, '
  function percent(covered, missed) { return covered + missed == 0 ? 100 : 100 * covered / (covered + missed) }
  NR > 1 && $1 ~ /PSTN/ {
    module = $1; sub(/.*\//, "", module)
    bm[module] += $6; bc[module] += $7; lm[module] += $8; lc[module] += $9
  }
  END {
    printf "Coverage by all tests (no threshold):\n"
    for (m in lm) printf "  %-28s lines %5.1f %%   branches %5.1f %%\n", m, percent(lc[m], lm[m]), percent(bc[m], bm[m]) | "sort"
  }' "$report"
