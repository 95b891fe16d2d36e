#!/bin/sh
# What `collect` adds to src/pod/pod-script.sh, which reads this before the command begins, and calls `collect` after its
# end. It sends what src/pod/bundle.ts reads, as base64 of gzip: a state; a line for each file, with what became of it, how
# many bytes of it follow, and its name as it is; a blank line; the bytes. Numbers are those of src/pod/room.ts.
# shellcheck disable=SC2015,SC2030,SC2031,SC2034,SC2086,SC2154 # A && B || C, a subshell's variables, and patterns are meant
early_limit=16382 bundle_limit=307200 unpacked_limit=33554432 files_limit=2000 left_out_limit=20 collect_seconds=40
line_break='
' patterns=
while IFS= read -r line; do patterns=$patterns$line$line_break; done <.aks-run-command/collect

collect() { # sets $size to the bytes of what it sends
  for tool in gzip base64 head tail ls sleep; do
    has "$tool" || { size=0 && mark uncollected "$tool" && return; }
  done
  for file in index content folders gz base64 gathered late; do rm -f "$tmp.$file"; done # whatever the command put there
  gather >/dev/null 3>&- 4>&- & gatherer=$!
  { # a pipe that takes the place of a file holds who opens it; once the time is over nothing ends this before it has killed all
    trap 'kill $!; exit' TERM
    [ -e "$tmp.gathered" ] || { sleep "$collect_seconds" & } && wait $! && trap '' TERM && echo >"$tmp.late" &&
      family "$gatherer" && signal KILL
  } >/dev/null 3>&- 4>&- &
  wait "$gatherer" && measure "$tmp.base64" || size=0
  echo >"$tmp.gathered" && kill $! && wait $!
  if [ -e "$tmp.late" ]; then size=0 && mark uncollected time
  elif [ "$size" -eq 0 ]; then mark uncollected disk
  elif [ "$size" -gt "$bundle_limit" ]; then size=0 && mark uncollected size
  else mark collected && tail -c +1 "$tmp.base64"; fi
}

gather() { # all at once; where something changes meanwhile, file by file
  { has cat && (at_once=yes && take_all); } || (at_once='' && take_all)
}

take_all() { # what the patterns take, into $tmp.base64
  state=files files=0 unpacked=0 copied=0 left_out=0 taken=$line_break queue='' IFS=$line_break
  unset QUOTING_STYLE TIME_STYLE # of ls
  cd -P . && root=$PWD
  export LC_ALL=C && set -f && set -- $patterns && set +f && IFS= # C: names are bytes
  printf '' >"$tmp.content" && printf '' >"$tmp.index" && printf '' >"$tmp.folders" && exec 5<"$tmp.folders" || exit
  for pattern; do
    earlier=$taken found_any=
    for match in ./$pattern; do # with IFS empty nothing is split
      [ "$match" != ./. ] || match=.
      found=
      if is_behind_link "$match"; then leave_out link "$match"; else consider "$match"; fi
      while read -r folder <&5; do
        for child in "$folder"/* "$folder"/.[!.]* "$folder"/..?*; do consider "$child"; done
      done
      [ -z "$found" ] || { found_any=yes && taken=$taken$match$line_break; }
    done
    [ "$found_any" ] || { take_queued && index none 0 "./$pattern"; } || exit
  done
  take_queued && pack
}

consider() { # a file, a folder or anything else; a pattern that matches nothing is none of these
  case $1 in
    ./.aks-run-command | ./.aks-run-command/*) return ;;
    *"$line_break"*) leave_out line-break "$1" && return ;;
    *\\*) leave_out backslash "$1" && return ;;
  esac
  if [ "$earlier" != "$line_break" ] && is_taken "$1"; then found=yes
  elif [ -h "$1" ]; then leave_out link "$1"
  elif [ -d "$1" ]; then
    if [ -r "$1" ] && [ -x "$1" ]; then printf '%s\n' "$1" >>"$tmp.folders"; else leave_out unreadable "$1"; fi
  elif [ -f "$1" ]; then take "$1"
  elif [ -e "$1" ]; then leave_out special "$1"; fi
}

is_taken() { # by an earlier pattern, which took it or a folder that it is in
  path=$1/
  while [ "$path" != "${path%/*}" ]; do
    path=${path%/*}
    case $earlier in *"$line_break$path$line_break"*) return 0 ;; esac
  done
  return 1
}

is_behind_link() {
  path=$1
  while [ "$path" != "${path%/*}" ]; do
    path=${path%/*}
    [ ! -h "$path" ] || return 0
  done
  return 1
}

index() { printf '%s %s %s\n' "$1" "$2" "${3#./}" >>"$tmp.index"; }

leave_out() { # the first ones by name, in which // stands for a line break
  [ $((left_out += 1)) -le "$left_out_limit" ] || return 0
  name=$2
  while [ "$name" != "${name%%"$line_break"*}" ]; do name=${name%%"$line_break"*}//${name#*"$line_break"}; done
  index "$1" 0 "$name"
}

stat() { # sets $mode and $bytes of a file, and $content_bytes where a second one is given
  mode='' bytes='' content_bytes=''
  { IFS=' ' read -r mode links user group bytes rest; IFS=' ' read -r rest links user group content_bytes rest; } <<END
$(ls -dn "$@")
END
}

take() { # a regular file; where the name is plain, with others in few processes
  case $at_once$1 in
    yes*[!\ -~]*) take_queued || exit ;;
    yes*)
      [ -r "$1" ] || { leave_out unreadable "$1" && return; }
      found=yes
      [ $((files += 1)) -le "$files_limit" ] || { state=too-many && take_queued && pack; exit; }
      queue=$queue$1$line_break
      [ $((files % 64)) -gt 0 ] || take_queued || exit
      return
      ;;
  esac
  take_one "$1"
}

columns() { mode=$1 bytes=$5; } # of a line of ls, whose words they are

take_queued() { # false where something changes meanwhile
  [ "$queue" ] || return 0
  IFS=$line_break && set -f && set -- $queue && queue='' && set +f && IFS=
  measured=$(ls -dn "$@")$line_break || return
  left=$measured && shift $#
  while [ "$left" ]; do
    line=${left%%"$line_break"*} left=${left#*"$line_break"}
    IFS=' ' && set -f && columns $line && set +f && IFS=
    set -- "$@" "./${line#*" ./"}"
    case $mode in -*) index file "$bytes" "./${line#*" ./"}" ;; *) return 1 ;; esac
    [ "$bytes" -le $((unpacked_limit - unpacked)) ] || state=too-big
    unpacked=$((unpacked + bytes))
  done
  [ "$state" = files ] || return 0
  contents "$@" | head -c $((unpacked - copied + 1)) >>"$tmp.content"
  [ "$(ls -dn "$@")$line_break" = "$measured" ] || return
  stat "$tmp.content"
  copied=$bytes && [ "$copied" = "$unpacked" ] || return
  for file; do [ ! -h "$file" ] && ! is_behind_link "$file" || return; done
}

contents() { # of files, those of a folder by one process
  folder=
  for file in "$@" /; do
    if [ "${file%/*}" != "$folder" ]; then
      [ -z "$folder" ] || (really_in "$folder" && IFS=$line_break && set -f && exec cat $group)
      folder=${file%/*} group=
    fi
    group=$group./${file##*/}$line_break
  done
}

really_in() { cd -P "$1" && [ "$PWD" = "$root${1#.}" ]; } # and not behind a link, whatever takes the place of the folder now

take_one() { # up to the byte where it ended when it was measured
  stat "$1"
  case $mode in
    '') return ;; # it is gone
    -*) [ -r "$1" ] || { leave_out unreadable "$1" && return; } ;;
    *) leave_out special "$1" && return ;;
  esac
  found=yes
  [ $((files += 1)) -le "$files_limit" ] || { state=too-many && pack; exit; }
  [ "$bytes" -le $((unpacked_limit - unpacked)) ] || state=too-big
  [ "$state" = files ] || { index file "$bytes" "$1" && return; }
  measured=$bytes before=$copied became=file
  if [ "$bytes" -gt 0 ]; then
    (really_in "${1%/*}" && exec head -c "$measured" <"./${1##*/}" >>"$tmp.content") || became=unreadable
    stat "$1" "$tmp.content" # in this order, as . comes before /
    [ "$content_bytes" ] || content_bytes=$bytes bytes=0 # the file is gone
    copied=$content_bytes
  fi
  if [ -h "$1" ] || is_behind_link "$1"; then became='link'
  elif [ "$became" = unreadable ]; then :
  elif [ $((copied - before)) -lt "$measured" ]; then became=shrank
  elif [ "$bytes" -gt "$measured" ]; then became=grew; fi
  index "$became" $((copied - before)) "$1"
  unpacked=$((unpacked + measured))
}

pack() {
  [ "$left_out" -le "$left_out_limit" ] || index more $((left_out - left_out_limit)) ''
  encode && measure "$tmp.base64" || return
  [ "$size" -le "$bundle_limit" ] || [ "$state" != files ] || { state="too-large $size" && encode; }
}

encode() {
  {
    printf '%s\n' "$state" && tail -c +1 "$tmp.index" && echo
    [ "$state" != files ] || tail -c +1 "$tmp.content"
  } | gzip >"$tmp.gz" && base64 <"$tmp.gz" >"$tmp.base64"
}
