#!/usr/bin/env bash
# Fetches the journals of the nights before into runs/, from the youngest night that kept them.
# Usage: history.sh WORKFLOW MATRIX
set -euo pipefail

workflow=$1 matrix=$2
for night in $(gh run list --workflow "$workflow" --limit 20 --json databaseId --jq '.[].databaseId'); do
    if gh run download "$night" --name "history-$matrix" --dir runs 2> /dev/null; then
        echo "of the night $night: $(find runs -mindepth 1 -maxdepth 1 | wc -l) runs"
        exit 0
    fi
done
echo "no night before kept journals of '$matrix': this one begins the history"
