#!/bin/sh
# Collects what the patterns in .aks-run-command/collect match. Writes at most LIMIT bytes of this
# to FILE, for src/collect/collection.ts:
#   collect.sh FILE LIMIT
#
#   ? PATTERN    for each pattern that matches nothing
#   …            a tar archive in base64, empty if all patterns match nothing
#   ! TEXT       for the first lines in which tar complains
#   + NUMBER     how many more such lines there are
#
# Patterns are meant to expand:
# shellcheck disable=SC2086
names=$1.names
export LC_ALL=C # names are bytes
IFS=            # names and lines are not split

# Sets $found to the first link among the folders of a path, or else to the path: tar finds a link
# and does not follow it.
find_link() {
  found=$1 folder=${1%/*}
  while [ "$folder" != . ]; do
    [ ! -h "$folder" ] || found=$folder
    folder=${folder%/*}
  done
}

# Prints the patterns that match nothing, and to 3 the names of what the others match, each ended by
# NUL. Fails if the disk is full.
find_names() {
  while read -r pattern; do
    matched=''
    for match in $pattern; do
      case $match in
        ./.aks-run-command | ./.aks-run-command/*) continue ;;
        */. | */.. | */./* | */../*) continue ;; # some shells match these with .*
      esac
      [ -e "$match" ] || [ -h "$match" ] || continue
      matched=yes && find_link "$match"
      [ "$found" = "$last" ] || printf '%s\0' "$found" >&3 || exit
      last=$found
    done
    [ "$matched" ] || printf '? %s\n' "${pattern#./}"
  done <.aks-run-command/collect
}

pack() { # without times, because modern-tar cannot read those before 1970
  complaints=$(
    {
      tar --create --file=- --hard-dereference --mtime=@0 --exclude=./.aks-run-command --null \
        --files-from="$names" | base64 >&3
    } 2>&1
  )
  printf '%s\n' "$complaints" | {
    count=0
    while read -r line; do
      case $line in '' | 'tar: Exiting with failure status'*) continue ;; esac
      [ $((count += 1)) -gt 5 ] || printf '! %s\n' "$line"
    done
    [ "$count" -le 5 ] || echo "+ $((count - 5))"
  }
}

last='' && unmatched=$(find_names 3>"$names") || exit
{ printf '%s\n' "$unmatched" && pack; } 3>&1 | head -c "$2" >"$1"
