#!/bin/sh
# Collects what the patterns in .aks-run-command/collect match. Writes at most LIMIT bytes of this
# to FILE, for src/collect/collection.ts:
#   collect.sh FILE LIMIT
#
#   ? PATTERN    for each pattern that matches nothing
#   …            a tar archive in base64, empty if all patterns match nothing
#   ! TEXT       for the first lines in which tar complains
#
# Patterns are meant to expand:
# shellcheck disable=SC2086
complaints=$1.complaints
export LC_ALL=C # names are bytes
IFS=            # names and lines are not split

pack() {
  set -- # the names of what is found
  while read -r pattern; do
    found=''
    for match in $pattern; do
      case $match in
        ./.aks-run-command | ./.aks-run-command/*) continue ;;
        */. | */.. | */./* | */../*) continue ;; # some shells match these with .*
      esac
      [ -e "$match" ] || [ -h "$match" ] || continue
      found=yes && set -- "$@" "$match"
    done
    [ "$found" ] || printf '? %s\n' "${pattern#./}"
  done <.aks-run-command/collect

  { [ $# -eq 0 ] || printf '%s\0' "$@"; } |
    tar --create --file=- --hard-dereference --exclude=./.aks-run-command --null --files-from=- \
      2>"$complaints" | base64
  head -n 5 "$complaints" | while read -r line; do printf '! %s\n' "$line"; done
}

pack | head -c "$2" >"$1"
