#!/usr/bin/env bash
# Plans the night once. What an earlier night has left goes aside; a plan of this one is what its shards are running.
set -euo pipefail
cd /tlsinterop
if [[ -d /night/run ]]; then
    mkdir -p /night/before
    mv /night/run "/night/before/$(date --utc +%Y%m%d-%H%M%S)"
    rm -rf /night/plan.json /night/shards /night/report
fi
[[ ! -s /night/plan.json ]] || exit 0
./interop plan "$MATRIX" --shards "$SHARDS" --output /night/plan.json.new
mv /night/plan.json.new /night/plan.json
