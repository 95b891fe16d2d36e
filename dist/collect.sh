#!/bin/sh
# Collects what the patterns in .aks-run-command/collect match. Writes at most LIMIT bytes of this
# to FILE, for src/collect/collection.ts:
#   collect.sh FILE LIMIT
#
#   ? PATTERN    for each pattern that matches nothing
#   = PATTERN    for each pattern that matches something; then
#   …            what it matches, as a tar archive in base64
#   ! TEXT       for the first lines in which tar complains, and how many more there are
#
# Patterns are meant to expand:
# shellcheck disable=SC2086
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

# Prints what a pattern matches, each name ended by NUL.
print_names() {
  last=''
  for match in $1; do
    case $match in
      ./.aks-run-command | ./.aks-run-command/*) continue ;;
      */. | */.. | */./* | */../*) continue ;; # some shells match these with .*
    esac
    [ -e "$match" ] || [ -h "$match" ] || continue
    find_link "$match"
    [ "$found" = "$last" ] || printf '%s\0' "$found" || return
    last=$found
  done
}

# Times are left out, because modern-tar cannot read those before 1970. The loop over the patterns
# ends once a program fails, as `base64` does at the limit: a pattern without a line was not read.
archive() {
  while read -r pattern; do
    first=$(print_names "$pattern" 2>/dev/null | head -c 1) || break
    if [ -z "$first" ]; then
      printf '? %s\n' "${pattern#./}"
      continue
    fi
    printf '= %s\n' "${pattern#./}"
    print_names "$pattern" 2>/dev/null |
      tar --create --file=- --blocking-factor=1 --hard-dereference --mtime=@0 \
        --exclude=./.aks-run-command --null --files-from=- | base64 || break
  done
}

print_complaints() {
  count=0
  while read -r line; do
    case $line in '' | 'tar: Exiting with failure status'*) continue ;; esac
    [ $((count += 1)) -gt 5 ] || printf '! %s\n' "$line"
  done
  [ "$count" -le 5 ] || echo "! $((count - 5)) more"
}

exec <.aks-run-command/collect || exit
{
  complaints=$(archive 2>&1 >&3)
  printf '%s\n' "$complaints" | print_complaints
} 3>&1 | head -c "$2" >"$1"
