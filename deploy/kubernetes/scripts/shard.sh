#!/usr/bin/env bash
# Runs the shard of this pod's index, or goes on with what a pod before it has begun.
set -euo pipefail
cd /tlsinterop
shard=$((JOB_COMPLETION_INDEX + 1))
place=/night/shards/$shard
until [[ -s /night/plan.json ]]; do sleep 5; done    # the Job's deadline ends it

# The engine sees this folder and not the night's: it runs here, and is kept there.
if compgen -G "$place/*/results.jsonl" >/dev/null; then
    cp -r "$place"/. runs/
    words=(--resume "$(ls -d runs/*/ | tail -n 1)")
else
    words=(--plan /night/plan.json --shard "$shard/$SHARDS")
fi
keep() { mkdir -p "$place" && cp -r runs/. "$place"/; }
trap keep EXIT
( while sleep 60; do keep; done ) &    # what a lost node had done by then is not lost
saving=$!
status=0
./interop run "${words[@]}" || status=$?
kill "$saving"
# What is red is judged when all shards are joined.
((status <= 1)) || exit "$status"
keep
touch "$place/ended"
