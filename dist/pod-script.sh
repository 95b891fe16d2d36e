#!/bin/sh
# Runs the user's command in the pod, and prints what src/pod/stream.ts reads: output, exit code, step outputs, summary.
#   run.sh HASH START_BY TIMEOUT SHELL [FACT=VALUE]...
# Every line of it begins with the boundary, which only this shell knows until the command has ended: it comes in a file, is
# gone before anything of the user's exists, and stays in a variable of this process. HASH is its SHA-256, for all to read.
# AKS keeps 512 KiB of that: hence a spool, and the end of a long output last. No tool is needed but the shell: head and
# tail bring that end, gzip and base64 all before it, sleep the timeout and an early start, lest it die with the container.
# shellcheck disable=SC1091,SC2015,SC2016,SC2163 # env.sh is not here; A && B || C is meant; "$@" holds NAME=value
exec 3>&1 </dev/null 2>/dev/null # 3 is the pod's output, where no word of this shell's own ("Killed") belongs
trap '' HUP INT TERM             # `kill 0` in the command is meant for its own processes
set +avx && unset boundary       # by the pod's environment it would be exported to the command, or traced to the log
IFS= read -r boundary <.aks-run-command/boundary
printf '' >.aks-run-command/boundary # it may be that rm is missing, or the folder read-only: then the run goes on
rm -f .aks-run-command/boundary
[ "$boundary" ] || exit 76
hash=$1 start_by=$2 timeout=$3 shell=$4 && shift 4
early_limit=131072 file_limit=65537 bundle_limit=0 patterns='' shown=0 spool='' # file_limit: 64 KiB, and a byte to tell that there is more
has() { command -v "$1" >/dev/null; }
mark() { # the newline before it is no output; by echo, which is a builtin everywhere: an argument can be read in /proc
  echo "
$boundary $*"
}
signal() { for pid in $family; do kill -s "$1" "$pid"; done; }
show_spool() { # up to its byte number $1; what `kill 0` in the command ended has shown nothing, or measured too little
  [ "$1" -le "$shown" ] || { (trap '' HUP INT TERM && tail -c +$((shown + 1)) "$spool" | head -c $(($1 - shown)) >&3) && shown=$1; }
}

clock() { # sets $now to the seconds since 1970, or to nothing
  now=$(date +%s) || now=$(printf '%(%s)T' -1) || now=$(awk 'BEGIN { print systime() }')
  case $now in *[!0-9]*) now= ;; esac
}

keep() { # sets $kept to an empty file, open as descriptor $1, and without a name where /proc stands for it: what has no name,
  kept=$tmp.$1 # no command deletes, replaces or empties
  printf '' >"$kept" && eval "exec $1<>\"\$kept\"" || return
  [ ! -f "/proc/$$/fd/$1" ] || [ ! -w "/proc/$$/fd/$1" ] || ! rm -f "$kept" || kept=/proc/$$/fd/$1
}

measure() { # sets $size to the bytes of a file: by wc, else by bisection: is there anything from the n-th byte on?
  [ -f "$1" ] && size=$(wc -c <"$1") && size=$((size)) && return
  size=0 step=68719476736
  while [ -f "$1" ] && [ $((step /= 2)) -gt 0 ]; do
    printf '' >"$tmp.probe" && tail -c +$((size + step)) "$1" | head -c 1 >"$tmp.probe"
    [ ! -s "$tmp.probe" ] || size=$((size + step))
  done
}

show_file() { # its start, and that of a file only: the command may have put anything in its place
  [ -f "$1" ] && ! head -c "$file_limit" "$1" &&
    while line= && IFS= read -r line; do printf '%s\n' "$line"; done <"$1" && printf %s "$line"
}

family() { # sets $family to those of the given processes that live (a zombie does not) and all their descendants
  family='' before=.
  [ -r /proc/self/stat ] || { before='' && kill -0 "$1" && family=$1; }
  until [ "$before" = "$family" ]; do
    before=$family
    for stat in /proc/[0-9]*/stat; do
      read -r pid line <"$stat" || continue
      line=${line##*) } parent=${line#? } # behind the name, which may hold anything: state, parent, …
      case "${line%% *} $family" in [ZX]* | *" $pid "*) continue ;; esac
      case " $* $family" in *" $pid "* | *" ${parent%% *} "*) family="$family$pid " ;; esac
    done
  done
}

# Beside the command: shows the start of the output, and keeps the timeout: SIGTERM, ten seconds later SIGKILL.
companion() {
  trap : TERM # of the session: it ends a `wait`, though not a sleep in the foreground
  began=$now spent=0 ticks=0 pause=0.2 family=
  until read -r pid <"$process" && [ "$pid" = ended ] && [ -z "$family" ]; do
    kill -0 "$session" || return # the command killed it: nobody is left to tell
    [ $((ticks += 1)) -lt 20 ] || pause=1
    sleep "$pause" >/dev/null 3>&- & wait $! || { kill $!; pause=1; } # a sleep may know whole seconds only
    if [ "$shown" -lt "$early_limit" ]; then
      measure "$spool"
      show_spool $((size < early_limit ? size : early_limit))
      echo "$shown" >"$shown_bytes"
    fi
    clock
    spent=$((began && now ? now - began : spent + ${pause%.*}))
    [ "$spent" -ge "$timeout" ] && read -r pid <"$process" || continue
    family "$pid $family"
    [ -z "$family" ] || [ -s "$late" ] || { echo >"$late" && signal TERM; }
    [ "$spent" -lt $((timeout + 10)) ] || { signal KILL && return; }
  done
}

# The command: a process of its own that gets nothing of this script but what is exported here. The user's variables may
# have any name, so that after them nothing is looked up by name.
run_command() (
  "$sh" -c 'echo $PPID' >"$process" # the parent of that shell is this process, soon the command's shell
  umask "$mask" && trap - HUP INT TERM
  export CI=true GITHUB_ACTIONS=true GITHUB_WORKSPACE="$PWD" GITHUB_OUTPUT="$outputs" GITHUB_STEP_SUMMARY="$summary" "$@"
  [ "$variables" ] || exit 78
  case $shell:$bash in
    bash:) exit 127 ;;
    bash:*) set -- "$bash" --noprofile --norc -eo pipefail ;;
    :?*) set -- "$bash" -e ;;
    *) set -- "$sh" -e ;;
  esac
  set -- "$@" "$PWD/.aks-run-command/command.sh"
  . ./.aks-run-command/env.sh
  printf '' >.aks-run-command/env.sh # not `:`, with which the shell would exit where it cannot write
  exec "$@" 2>&1 3>&- 4>&- 6>&- 7>&- 8>&- 9>&-
)

# Spools the pipe; in the background, for a process left behind may hold it open; and on a full disk drains it at least.
reader() {
  exec >/dev/null 3>&- 4>&- 5<&0
  { cat <&5 >&7 || tail -c +1 <&5 >&7 || tail -c +1 <&5; } &
}

# The command and what belongs to it. Its standard output becomes the command's; 4 takes the exit code.
session() {
  if [ "$late" ] && has sleep; then
    "$sh" -c 'echo $PPID' >"$process"; read -r session <"$process"
    companion >&3 4>&- &
  fi
  run_command "$@"; code=$?
  echo ended >"$process"; kill $! && while kill -0 $!; do wait $!; done
  [ ! -s "$late" ] || code=124
  measure "$spool"
  mark exit "$code"
  [ -z "$spool" ] || has cat || printf '%16384s' '' # tail, in its place, writes whole blocks
  tries=${spool:+60}
  while [ $((tries -= 1)) -gt 0 ]; do # until the mark has come through
    case $(tail -c +$((size + 1)) "$spool" | head -c 4194304) in *"$boundary exit $code"*) break ;; esac
    [ "$tries" -gt 30 ] || sleep 0.2 || sleep 1
  done
  finish >&3; echo "$code" >&4
}

# What follows the output: facts, the two files, what was collected; and of an output too long for AKS all of it compressed,
# else its end.
finish() {
  room=520192 # 512 KiB, less 4 for the marks
  for file in "$outputs" "$summary"; do measure "$file"; room=$((room - (size < file_limit ? size : file_limit))); done
  measure "$spool"; total=$size
  read -r shown <"$shown_bytes" || shown=0
  case $shown in '' | *[!0-9]*) shown=0 ;; esac # the command may have written there what arithmetic would run
  fits='' && [ "$total" -le $((room - bundle_limit)) ] && fits=yes
  if [ "$fits" ]; then show_spool "$total"; else show_spool "$early_limit"; mark part "$total"; fi
  [ ! -s "$late" ] || mark timed-out "$timeout"
  [ "$variables" ] || mark no-variables
  [ "$shell:$bash" != bash: ] || mark no-bash
  [ "$writable" ] && [ ! -f "$outputs" ] || { mark outputs && show_file "$outputs"; } # gone or replaced, they are lost
  mark summary && show_file "$summary"
  [ "$patterns" ] && [ "$variables" ] && [ "$shell:$bash" != bash: ] && collect && room=$((room - size))
  if [ -z "$fits" ]; then
    room=$((room - early_limit))
    [ "$total" -le 67108864 ] && head -c "$total" "$spool" | gzip >"$tmp.gz" && base64 <"$tmp.gz" >"$tmp.base64" &&
      measure "$tmp.base64" || size=0
    if [ "$size" -gt 0 ] && [ "$size" -le "$room" ]; then mark gzip && tail -c +1 "$tmp.base64"; else
      [ "$room" -lt $((total - early_limit)) ] || room=$((total - early_limit))
      mark tail $((total - early_limit - room)) && tail -c +$((total - room + 1)) "$spool" | head -c "$room"
    fi
  fi
  mark end
}

echo "aks-run-command start $hash"
clock
[ -z "$now" ] || [ "$now" -lt "$start_by" ] || { mark refused && exit 75; }
echo "aks-run-command begin" # a log only grows: after this line, no refusal in it proves anything
mask=$(umask) && umask 077
for base in "${TMPDIR:-/tmp}" /tmp /dev/shm /var/tmp /dev/null; do
  tmp=$base/.aks-run-command.$$ outputs=$tmp.outputs summary=$tmp.summary # hidden from `rm -rf /tmp/*`
  (set -C && echo . >"$outputs") && break
done
writable='' shown_bytes='' process='' late='' variables=''
printf '' >"$outputs" && printf '' >"$summary" && writable=yes && keep 6 && shown_bytes=$kept && keep 8 && process=$kept &&
  keep 9 && late=$kept && has head && has tail && keep 7 && spool=$kept
sh=$(command -v sh) || sh=/bin/sh; bash=$(command -v bash)
[ -f .aks-run-command/env.sh ] && [ -r .aks-run-command/env.sh ] && variables=yes
[ ! -r .aks-run-command/collect.sh ] || . ./.aks-run-command/collect.sh
[ -d "$HOME" ] && [ -w "$HOME" ] || export HOME="$base"
if [ "$spool" ]; then code=$({ session "$@" | reader; } 4>&1); else code=$(session "$@" 4>&1 >&3); fi
rm -f "$tmp".*
exit "${code:-137}"
