#!/usr/bin/env bash
# Joins the shards as soon as all have ended; after the deadline, those that are there.
set -euo pipefail
cd /tlsinterop
deadline=$((SECONDS + 25200))
ended() { [[ $(find /night/shards -maxdepth 2 -name ended 2>/dev/null | wc -l) -ge $SHARDS ]]; }
until ended || ((SECONDS > deadline)); do sleep 10; done
status=0
./interop merge /night/shards --plan /night/plan.json --gate required --output /night/run || status=$?
./interop report /night/run --output /night/report
exit "$status"
