#!/usr/bin/env bash
# Plans the night once: a plan that is there already is what the shards are running.
set -euo pipefail
cd /tlsinterop
[[ ! -s /night/plan.json ]] || exit 0
./interop plan "$MATRIX" --shards "$SHARDS" --output /night/plan.json.new
mv /night/plan.json.new /night/plan.json
