#!/bin/sh
# Stands for gh, npm, and sleep in the tests of a release, by the name that it is called by. Its
# state is in the folder $STATE: releases/TAG[~2]/{draft,sealed,target,notes,assets/NAME},
# tags/NAME, staged/VERSION, npm/VERSION, deprecated/VERSION, latest/{github,npm}, checks/NAME, and
# what it was asked for in `calls`, one line for each call.
#
# As on GitHub, a published release and its tag can't be changed, and as on npm, a version can be
# staged only once.
#
# At the call number $KILL_AT it kills its caller, as a runner that goes away does: $KILL_WHEN says
# whether that is `before` the call had an effect, `during` it (the half of it is done), or `after`
# it.
set -eu
echo "${0##*/} $*" >>"$STATE/calls"
call=$(wc -l <"$STATE/calls")
dies() {
  if [ "$call" -eq "${KILL_AT:-0}" ] && [ "$1" = "$KILL_WHEN" ]; then
    kill -9 "$PPID"
    exit 1
  fi
}
fails() { dies after && exit 1; }
refuse() { echo "$1" >&2 && fails; }
npm_error() { echo "{ \"error\": { \"code\": \"$1\" } }" && fails; }
join() { echo "[$(paste -sd, -)]"; } # lines to a JSON array
sha() { sha256sum <"$1" | cut -c1-64; }
integrity() { printf 'sha512-%s' "$(openssl dgst -sha512 -binary "$1" | base64 -w0)"; }
is_sealed() { [ -f "$STATE/releases/$1/sealed" ]; }
move_tag() { # NAME COMMIT
  [ -z "${REFUSE_TAGS:-}" ] || refuse 'HTTP 403: Resource not accessible by integration'
  ! is_sealed "$1" || refuse 'HTTP 422: the tag of an immutable release'
  echo "$2" >"$STATE/tags/$1"
}
assets() { # of the folder $1
  for asset in "$1"assets/*; do
    case $asset in *'/*') continue ;; esac
    echo "{\"name\":\"${asset##*/}\",\"digest\":\"sha256:$(sha "$asset")\"}"
  done | join
}
releases() {
  # What was just published shows as sealed only in the answer after the next ${LAG:-0}.
  for release in "$STATE"/releases/*/; do
    [ -d "$release" ] || continue
    tag=$(basename "${release%~*}")
    draft=false immutable=false
    [ ! -f "$release/draft" ] || draft=true
    if is_sealed "$tag"; then
      seen=$(cat "$release/seen" 2>/dev/null || echo 0)
      echo $((seen + 1)) >"$release/seen"
      [ "$seen" -lt "${LAG:-0}" ] || immutable=true
    fi
    printf '{"id":"%s","tag_name":"%s","draft":%s,"immutable":%s,"assets":%s}\n' \
      "$(basename "$release")" "$tag" "$draft" "$immutable" "$(assets "$release")"
  done | join
}

dies before
release=$STATE/releases/${3:-}
case ${0##*/}:$* in
  sleep:*) ;;

  gh:api*/immutable-releases)
    [ "${IMMUTABLE_SETTING:-on}" = on ] || refuse 'HTTP 404'
    echo '{"enabled":true,"enforced_by_owner":false}' ;;
  gh:api*/rules/branches/main)
    required=$(
      for check in "$STATE"/checks/*; do
        echo "{\"context\":\"${check##*/}\"}"
      done | grep -v '\*' | join
    )
    parameters="{\"required_status_checks\":$required}"
    rule="{\"type\":\"required_status_checks\",\"parameters\":$parameters}"
    echo "[{\"type\":\"deletion\"},$rule]" ;;
  gh:api*/check-runs*)
    name=${2#*check_name=} name=$(echo "${name%&*}" | tr + ' ')
    conclusion=$(cat "$STATE/checks/$name")
    case $conclusion in
      never) echo '{"check_runs":[]}' ;;
      running) echo '{"check_runs":[{"status":"in_progress","conclusion":null}]}' ;;
      *) echo "{\"check_runs\":[{\"status\":\"completed\",\"conclusion\":\"$conclusion\"}]}" ;;
    esac ;;
  gh:api*/git/matching-refs/tags/*)
    for file in "$STATE/tags/${2##*/tags/}"*; do
      [ -f "$file" ] || continue
      echo "{\"ref\":\"refs/tags/${file##*/}\",\"object\":{\"sha\":\"$(cat "$file")\"}}"
    done | join ;;
  gh:api*/releases\?*) releases ;;
  gh:api*/git/refs\ --method\ POST*) move_tag "${8##*/}" "${6#sha=}" && dies during && echo '{}' ;;
  gh:api*/git/refs/tags/*) move_tag "${2##*/}" "${6#sha=}" && dies during && echo '{}' ;;

  gh:api*/releases/*\ --method\ DELETE)
    draft=${2##*/releases/}
    ! is_sealed "$draft" || refuse 'HTTP 422: immutable'
    rm -r "$STATE/releases/$draft"
    dies during ;;
  'gh:release create'*) # TAG --draft --target COMMIT --title TAG --notes-file FILE ASSET...
    [ ! -e "$release" ] || refuse 'HTTP 422: already_exists'
    mkdir -p "$release/assets"
    touch "$release/draft"
    echo "$6" >"$release/target"
    cp "${10}" "$release/notes"
    shift 10
    head -c 3 "$1" >"$release/assets/${1##*/}"
    dies during
    cp "$@" "$release/assets/"
    [ -z "${EVIL:-}" ] || echo evil >"$release/assets/evil.zip" ;;
  'gh:release edit'*--draft=false)
    [ -e "$STATE/tags/$3" ] || cp "$release/target" "$STATE/tags/$3"
    dies during
    [ "${IMMUTABLE_SETTING:-on}" = off ] || touch "$release/sealed"
    rm "$release/draft" ;;
  'gh:release edit'*--draft)
    ! is_sealed "$3" || refuse 'HTTP 422: immutable'
    touch "$release/draft" ;;
  'gh:release edit'*--latest) echo "$3" >"$STATE/latest/github" ;;
  'gh:release verify '*) is_sealed "$3" || refuse 'no attestations for the tag' ;;
  'gh:release verify-asset'*)
    for asset in "$release"/assets/*; do [ "$(sha "$asset")" != "$(sha "$4")" ] || exit 0; done
    refuse 'attestation does not contain the subject' ;;
  'gh:release download'*)
    while [ "$1" != --dir ]; do shift; done
    mkdir -p "$2"
    for asset in "$release"/assets/*; do
      case $*:$asset in *--pattern*:*.jsonl) continue ;; esac
      cp "$asset" "$2"
    done ;;
  'gh:attestation verify'*)
    case $3 in *"${UNATTESTED:-/none}") refuse "no attestation for $3" ;; esac ;;
  'gh:workflow run'*) echo "$*" >>"$STATE/dispatched" ;;
  'gh:issue list'*) [ ! -f "$STATE/issues" ] || echo 7 ;;
  'gh:issue '*) echo "${2} ${3}" >>"$STATE/issues" ;;

  npm:--version) echo "${NPM_VERSION:-11.19.1}" ;;
  npm:view*)
    [ -z "${NPM_DOWN:-}" ] || npm_error E503
    [ -f "$STATE/npm/${2##*@}" ] || npm_error E404
    printf '"%s"' "$(cat "$STATE/npm/${2##*@}")" ;;
  'npm:stage publish'*)
    # npm takes `a/b` for a repository on GitHub.
    [ "${3#/}" != "$3" ] || npm_error ENOENT
    [ -z "${NPM_DOWN:-}" ] || npm_error E503
    version=${3##*aks-run-command-} version=${version%.tgz}
    for place in npm staged; do [ ! -e "$STATE/$place/$version" ] || npm_error E409; done
    cp "$3" "$STATE/staged/$version"
    dies during ;;
  'npm:stage download'*) cp "$STATE/staged/$3" "aks-run-command-$3.tgz" ;;
  'npm:stage approve'*)
    integrity "$STATE/staged/$3" >"$STATE/npm/$3"
    rm "$STATE/staged/$3"
    echo "$3" >"$STATE/latest/npm" ;;
  'npm:stage reject'*) rm "$STATE/staged/$3" ;;
  npm:deprecate*) echo "$3" >"$STATE/deprecated/${2##*@}" ;;
  'npm:dist-tag add'*) echo "${3##*@}" >"$STATE/latest/npm" ;;
  npm:pack*) cp "$STATE/public/aks-run-command-${2##*@}.tgz" . ;;
  npm:ci* | npm:run*) exec "$REAL_NPM" "$@" ;;
  *) refuse "fake: $0 $*" ;;
esac
dies after
