#!/usr/bin/env bash
# Runs the shard of this pod's index, or goes on with what a pod before it has begun.
set -euo pipefail
cd /tlsinterop
shard=$((JOB_COMPLETION_INDEX + 1))
place=/night/shards/$shard
until [[ -s /night/plan.json ]]; do sleep 5; done    # the Job's deadline ends it

# The engine sees this folder and not the night's: it runs here, and is kept there.
before=$(find "$place" -mindepth 2 -maxdepth 2 -name results.jsonl -size +0 2>/dev/null | sort | tail -n 1)
if [[ -n $before ]]; then
    cp -r "$(dirname "$before")" runs/
    words=(--resume "runs/$(basename "$(dirname "$before")")")
else
    words=(--plan /night/plan.json --shard "$shard/$SHARDS")
fi
keep() { mkdir -p "$place" && cp -r runs/. "$place"/; }
# What a lost node had done by then is not lost. Servers make and remove files meanwhile: what is gone is no fault.
(while sleep 60; do keep 2>/dev/null || true; done) &
saving=$!
status=0
./interop run "${words[@]}" || status=$?
kill "$saving" 2>/dev/null || true
keep
# What is red is judged when all shards are joined.
((status <= 1)) || exit "$status"
touch "$place/ended"
