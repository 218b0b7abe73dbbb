#!/usr/bin/env bash
# Writes a page as a comment of a pull request: into the one that begins with the page's first line, its mark, if there
# is one. Usage: comment.sh PULL-REQUEST PAGE
set -euo pipefail

pull_request=$1 page=$2
mark=$(head -n 1 "$page")
if [[ $mark != '<!-- '*' -->' ]]; then
    echo "comment.sh: $page: its first line is '$mark'; expected a comment of HTML, by which it is found again" >&2
    exit 2
fi
comments=repos/$GITHUB_REPOSITORY/issues
id=$(gh api "$comments/$pull_request/comments" --paginate --jq ".[] | select(.body | startswith(\"$mark\")) | .id" |
    sed -n 1p)
if [[ -n $id ]]; then gh api --method PATCH "$comments/comments/$id" --field "body=@$page" --silent
else gh api --method POST "$comments/$pull_request/comments" --field "body=@$page" --silent; fi
