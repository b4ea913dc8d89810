#!/usr/bin/env bash
# Formats all Java sources and poms the way `verify` wants them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# The BOM has no parent, so it does not know the plugin.
exec mvn -q -B --no-transfer-progress com.diffplug.spotless:spotless-maven-plugin:apply -pl '!careflow-pstn-bom' "$@"
