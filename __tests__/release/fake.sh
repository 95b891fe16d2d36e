#!/bin/sh
# Stands for gh and npm in the tests of a release, by the name that it is called by. Keeps its state in the folder $STATE:
# releases/TAG[~2]/{draft,target,notes,assets/NAME}, tags/NAME, npm/VERSION, and a line in `calls` for each call that changes something.
# After the call number $KILL_AT it kills its caller, as a runner that goes away does.
set -eu
changed() {
  echo "$*" >>"$STATE/calls"
  [ "$(wc -l <"$STATE/calls")" -ne "${KILL_AT:-0}" ] || kill -9 "$PPID"
}
tag_refs() { # of the tags that begin with $1, as JSON
  separator='['
  for file in "$STATE/tags/$1"*; do
    [ ! -f "$file" ] || printf '%s{"ref":"refs/tags/%s","object":{"sha":"%s"}}' "$separator" "${file##*/}" "$(cat "$file")"
    [ ! -f "$file" ] || separator=,
  done
  [ "$separator" = , ] || printf '['
  echo ']'
}
releases() {
  separator='['
  for release in "$STATE"/releases/*/; do
    [ -d "$release" ] || continue
    draft=false && [ ! -f "$release/draft" ] || draft=true
    immutable=${IMMUTABLE:-true} && [ "$draft" = false ] || immutable=false
    printf '%s{"tag_name":"%s","draft":%s,"immutable":%s,' "$separator" "$(basename "${release%~*}")" "$draft" "$immutable"
    printf '"target_commitish":"%s","assets":' "$(cat "$release/target")"
    separator='['
    for asset in "$release"assets/*; do
      [ ! -f "$asset" ] || printf '%s{"name":"%s","digest":"sha256:%s"}' "$separator" "${asset##*/}" "$(sha256sum <"$asset" | cut -c1-64)"
      [ ! -f "$asset" ] || separator=,
    done
    [ "$separator" = , ] || printf '['
    printf ']}'
    separator=,
  done
  [ "$separator" = , ] || printf '['
  echo ']'
}
integrity() { printf 'sha512-%s' "$(openssl dgst -sha512 -binary "$1" | base64 -w0)"; }
release=$STATE/releases/${3:-}
case ${0##*/}:$*in in
  gh:api*matching-refs/tags/*) tag_refs "${2##*/tags/}" ;;
  gh:api*releases*) releases ;;
  gh:api*git/refs*) # --method M --field sha=… [--field ref=refs/tags/NAME]
    name=${2##*/tags/} && [ "$4" = PATCH ] || name=${8##*/}
    echo "${6#sha=}" >"$STATE/tags/$name" && changed "$*" && echo '{}' ;;
  'gh:release create'*)
    [ ! -e "$release" ] || exit 1
    mkdir -p "$release/assets" && cp "${10}" "$release/notes" && touch "$release/draft" && echo "$6" >"$release/target" && changed "$*" ;;
  'gh:release upload'*) cp "$4" "$release/assets/" && changed "$*" ;;
  'gh:release edit'*)
    [ -z "${8:-}" ] || cp "$8" "$release/notes"
    rm "$release/draft" && [ -e "$STATE/tags/$3" ] || cp "$release/target" "$STATE/tags/$3" && changed "$*" ;;
  'gh:issue list'*) [ ! -f "$STATE/issues" ] || echo 7 ;;
  'gh:issue '*) echo "${2} ${3}" >>"$STATE/issues" ;;
  'gh:release verify'* | 'gh:attestation verify'*) echo "$*" >>"$STATE/verified" ;;
  'gh:release download'*) cp "$release"/assets/* "$7" ;;
  npm:view*)
    [ -z "${NPM_DOWN:-}" ] || { echo '{"error":{"code":"E503"}}' && exit 1; }
    [ -f "$STATE/npm/${2##*@}" ] || { echo '{"error":{"code":"E404"}}' && exit 1; }
    printf '"%s"' "$(cat "$STATE/npm/${2##*@}")" ;;
  npm:publish*)
    # npm takes `a/b` for a repository on GitHub.
    [ "${2#/}" != "$2" ] || exit 1
    version=${2##*aks-run-command-}
    integrity "$2" >"$STATE/npm/${version%.tgz}" && changed "$*" ;;
  *) echo "fake: $0 $*" >&2 && exit 2 ;;
esac
