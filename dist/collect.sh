#!/bin/sh
# Adds `collect` to src/pod/pod-script.sh, which reads this before the command begins, and calls it
# after the command ends. It sends what src/collect/collection.ts reads, in base64, and packed if
# the pod has gzip: a state; a line for each file, for each thing left out, and for each pattern
# that matched nothing; a blank line; the bytes of the files.
# Variables of the other script, and patterns that are meant to expand:
# shellcheck disable=SC2034,SC2086,SC2094,SC2154
early_limit=16382 bundle_limit=307200 unpacked_limit=33554432
files_limit=2000 left_out_limit=20 collect_seconds=40
tools="$tools paste sort stat"
line_break='
' patterns=
while IFS= read -r line; do patterns=$patterns$line$line_break; done <.aks-run-command/collect

collect() { # sets $size to the number of bytes it sends
  within "$collect_seconds" gather >/dev/null; gathered=$?
  size=0
  if [ "$gathered" = 124 ]; then mark uncollected time
  elif [ "$gathered" != 0 ]; then mark uncollected disk
  elif measure "$tmp/bundle" && [ "$size" -gt "$bundle_limit" ]; then
    size=0
    mark uncollected size
  else mark collected && cat "$tmp/bundle"; fi
}

gather() { # writes $tmp/bundle; fails if the script cannot write one of its files
  set -e
  export LC_ALL=C # names are bytes
  mkdir "$tmp/copies"
  for file in found left-out index; do printf '' >"$tmp/$file"; done
  find_files
  state=files
  [ "$(wc -l <"$tmp/found")" -le "$files_limit" ] || state=too-many
  head -n "$files_limit" "$tmp/found" | list_sizes >"$tmp/sizes"
  [ "$(sum_sizes <"$tmp/sizes")" -le "$unpacked_limit" ] || [ "$state" = too-many ] || state=too-big
  [ "$state" != files ] || copy
  cat "$tmp/sizes" >>"$tmp/index"
  pack
  measure "$tmp/bundle"
  [ "$size" -le "$bundle_limit" ] || { state="too-large $size" && pack; }
}

find_files() { # lists what the patterns match: each file, and each thing that is left out
  set -f && IFS=$line_break && set -- $patterns && IFS= && set +f
  for pattern; do
    count=0
    for match in ./$pattern; do # nothing is split, as IFS is empty
      [ "$match" != ./. ] || match=.
      if is_behind_link "$match"; then leave_out link "$match"; else consider "$match"; fi
    done
    [ "$count" -gt 0 ] || printf 'none 0 ./%s\n' "$pattern" >>"$tmp/index"
    sort -u -o "$tmp/found" "$tmp/found"
  done
  sort -u "$tmp/left-out" | head -n "$left_out_limit" >>"$tmp/index"
  more=$(($(sort -u "$tmp/left-out" | wc -l) - left_out_limit))
  [ "$more" -le 0 ] || echo "more $more " >>"$tmp/index"
}

is_behind_link() {
  path=$1
  while [ "$path" != "${path%/*}" ]; do
    path=${path%/*}
    [ ! -h "$path" ] || return 0
  done
  return 1
}

# Adds a file, or all files below a folder, or leaves it out. A pattern that matches nothing is
# itself the match, which does not exist.
consider() {
  [ "$count" -le "$files_limit" ] || return 0
  case $1 in
    ./.aks-run-command | ./.aks-run-command/*) return ;;
    *"$line_break"*) leave_out line-break "$1" ;;
    *\\*) leave_out backslash "$1" ;;
    *)
      if [ -h "$1" ]; then leave_out link "$1"
      elif [ -d "$1" ] && [ -r "$1" ] && [ -x "$1" ]; then
        for child in "$1"/* "$1"/.[!.]* "$1"/..?*; do consider "$child"; done
      elif [ -f "$1" ] && [ -r "$1" ]; then
        count=$((count + 1))
        printf '%s\n' "$1" >>"$tmp/found"
      elif [ -f "$1" ] || [ -d "$1" ]; then leave_out unreadable "$1"
      elif [ -e "$1" ]; then leave_out special "$1"; fi
      ;;
  esac
}

leave_out() { # in the name, // stands for a line break
  name=$2
  while [ "$name" != "${name%%"$line_break"*}" ]; do
    name=${name%%"$line_break"*}//${name#*"$line_break"}
  done
  printf '%s 0 %s\n' "$1" "$name" >>"$tmp/left-out"
}

list_sizes() { # prints a line with the size of each file named on stdin; one that is gone gets none
  set --
  while IFS= read -r file; do
    set -- "$@" "$file"
    [ $# -lt 100 ] || { stat -c 'file %s %n' "$@" || :; set --; }
  done
  [ $# = 0 ] || stat -c 'file %s %n' "$@" || :
}

sum_sizes() { # prints the sum of the sizes in these lines
  sum=0
  while IFS=' ' read -r _ bytes _; do sum=$((sum + bytes)); done
  echo "$sum"
}

# Copies the files up to the measured sizes. A file may change in the meantime, so the sizes become
# those of the copies.
copy() {
  number=10000
  while IFS= read -r line; do
    line=${line#file } && file=${line#* } number=$((number + 1))
    target=$tmp/copies/$number
    { head -c "${line%% *}" >"$target" || exit; } <"$file" || printf '' >"$target"
    printf '%s\n' "$file" >>"$tmp/names"
  done <"$tmp/sizes"
  [ "$number" != 10000 ] || return 0
  (cd "$tmp/copies" && stat -c 'file %s' ./*) | paste -d ' ' - "$tmp/names" >"$tmp/sizes"
}

pack() {
  {
    echo "$state" && cat "$tmp/index" && echo
    [ "$state" != files ] || cat "$tmp/copies"/*
  } | { if command -v gzip >/dev/null; then gzip; else cat; fi; } | base64 >"$tmp/bundle"
}
