#!/bin/sh
# Runs the user's command in the pod and prints what src/pod/stream.ts reads: output, exit code,
# step outputs, summary.
#   run.sh HASH START_BY TIMEOUT SHELL NAMESPACE [FACT=VALUE]...
#
# The boundary marks this script's own lines, all but its first one and `begin`. It arrives in a
# file that is deleted before any code of the user's exists, and stays in a variable that is not
# exported. HASH, its SHA-256, is not a secret.
#
# AKS keeps the first 512 KiB of the log. So the command writes through a pipe into a file, the
# spool. The log gets its start while the command runs and, after that, the rest, or as much of the
# end as there is room for.
#
# env.sh is not here; A && B || C, lists of words, and functions that `within` calls are intended:
# shellcheck disable=SC1091,SC2015,SC2016,SC2086,SC2163,SC2317
exec </dev/null 2>/dev/null # keeps what a shell says about processes ("Killed") out of the log
trap '' HUP INT PIPE TERM   # `kill 0` in the command must not end this script
set +avx && unset boundary  # the environment could export the boundary, or trace it to the log
IFS= read -r boundary <.aks-run-command/boundary
rm -f .aks-run-command/boundary
echo "aks-run-command start $1" # before every exit, so that a follower knows whose log it is
[ "$boundary" ] || exit 76
start_by=$2 timeout=$3 shell=$4 namespace=$5 && shift 5
early_limit=131072 bundle_limit=0 grace=10 finish_limit=120 kubectl_limit=30
shown=0 begun='' late='' lost=''
file_limit=65537 # 64 KiB, and one byte to show that there is more
tools='base64 cat date head mkdir mkfifo rm sleep tail wc'

mark() { printf '\n%s\n' "$boundary $*"; } # the first newline is not part of the output
refuse() { mark "$@"; exit 75; }           # nothing has run or will, even if the log is closed
measure() { # sets $size to that of a file; wc may read all of it, and not every stat has -c
  size=0 && [ -f "$1" ] || return 0
  size=$(stat -Lc %s "$1") && [ "$size" -ge 0 ] || size=$(wc -c <"$1") && size=$((size)) || size=0
}

show() { # the output up to byte $1, from where the log left off
  [ "$1" -gt "$shown" ] || return 0
  tail -c +$((shown + 1)) "$spool" | head -c $(($1 - shown)) && shown=$1
}

show_live() { # the start of the output, while the command runs
  trap : USR1 # which ends a `wait`
  pause=0.2 ticks=0
  while [ -e "$tmp/live" ] && [ "$shown" -lt "$early_limit" ]; do
    sleep "$pause" >/dev/null & wait $!
    measure "$spool"
    show $((size < early_limit ? size : early_limit))
    [ ! -e "$tmp/shown" ] || echo "$shown" 1<>"$tmp/shown" # in place, since the disk may be full
    [ $((ticks += 1)) -lt 20 ] || pause=1
  done
}

# Sets $now to the seconds of a clock that nobody can change, if the system has one.
clock() { { read -r now _ </proc/uptime && now=${now%.*}; } || now=$(date +%s); }

# Sets $family to those of the given processes and their descendants that are alive, except the one
# that asks, which would kill itself before the others. Without /proc, sets it to the first one.
# Parents come first: a shell whose child is ended before it goes on, or exits without its trap.
family() {
  family='' before=. candidates=''
  for pid; do candidates="$candidates /proc/$pid/stat"; done
  read -r self _ </proc/self/stat || { before='' && kill -0 "$1" && family=$1; }
  until [ "$before" = "$family" ]; do
    before=$family
    for stat in $candidates; do
      read -r pid line <"$stat" || continue
      # After the name, which may contain anything: state, parent, …
      line=${line##*) } parent=${line#? }
      case "${line%% *} $self $family" in [ZX]* | *" $pid "*) continue ;; esac
      # The given ones first, then each one whose parent is known. The system mostly lists parents
      # first, so that one pass finds all, even of a script that has called itself many times.
      case "$before $family" in ' '* | *" ${parent%% *} "*) family="$family$pid " ;; esac
    done
    candidates='/proc/[0-9]*/stat'
  done
}

# After $1 seconds: SIGTERM to the process named on stdin and all below it, SIGKILL to those that
# are left $2 seconds later. Fails if that process has already ended. At the end of its time, a
# command may have used up the processes of the pod, and a shell that cannot start one exits.
end_after() {
  clock && end=$((now + $1)) family=''
  while [ "$now" -lt "$end" ]; do sleep $((end - now)); clock; done
  until [ "$family" ]; do read -r family || { sleep 0.2; clock; }; done # it may not have begun
  trap '' USR1                                                          # see in_time
  family $family; [ "$family" ] || return 1
  trap 'kill -s KILL $family; exit 0' EXIT # even if the grace's `sleep` cannot start
  kill -s TERM $family
  end=$((now + $2))
  while [ "$family" ] && [ "$now" -lt "$end" ]; do sleep 1; clock; family $family; done
}

# Whether `end_after`, process $1, has not sent a signal. If it still may, this ends it; otherwise,
# this waits for it.
in_time() { kill -s USR1 "$1"; ! wait "$1"; }

# Sets the default namespace of kubectl and helm. The context of a kubeconfig comes before
# POD_NAMESPACE and may name another one, so it is changed in a copy. Without that copy, nothing may
# run: the command would act in another namespace.
set_namespace() {
  export HELM_NAMESPACE="$namespace" POD_NAMESPACE="$namespace"
  command -v kubectl >/dev/null || return 0
  # The user's variables come later, and only these two count here, so that kubectl runs nothing
  # else of the user's.
  [ -z "$(unset KUBECONFIG; . ./.aks-run-command/env.sh; printf %s "$KUBECONFIG")" ] || return 0
  home=$(. ./.aks-run-command/env.sh; printf %s "$HOME")
  copy=$tmp/kubeconfig
  left=$((start_by - $(date +%s)))
  within $((left < kubectl_limit ? left : kubectl_limit)) copy_kubeconfig
  case $? in
    0) export KUBECONFIG="$copy" ;;
    1) ;; # there is no current context
    124)
      [ "$left" -ge "$kubectl_limit" ] || refuse refused # the pod started too late
      refuse lacks namespace 'kubectl did not end in time'
      ;;
    *) refuse lacks namespace "$(head -n 1 "$tmp/why" | head -c 300)" ;;
  esac
}

copy_kubeconfig() { # flattened, because certificates may be at relative paths
  HOME=$home kubectl config view --raw --flatten >"$copy" 2>"$tmp/why" || return 2
  export KUBECONFIG="$copy"
  kubectl config current-context >/dev/null 2>"$tmp/why"
  case $? in 0) ;; 1) return 1 ;; *) return 2 ;; esac
  kubectl config set-context --current --namespace "$namespace" >/dev/null 2>"$tmp/why" || return 2
}

run_command() ( # the user's variables may have any name: after them, nothing is looked up by name
  # The number of this process, which becomes the command's shell. Another process is started for it
  # only without /proc: if it could not start, this one would end, as if the command had.
  { read -r self _ </proc/self/stat && echo "$self" || "$sh" -c 'echo $PPID'; } >>"$tmp/command"
  umask "$mask" && trap - HUP INT PIPE TERM
  export CI=true GITHUB_ACTIONS=true GITHUB_WORKSPACE="$PWD"
  export GITHUB_OUTPUT="$outputs" GITHUB_STEP_SUMMARY="$summary" "$@"
  case $shell:$bash in
    bash:*) set -- "$bash" --noprofile --norc -eo pipefail ;;
    :?*) set -- "$bash" -e ;;
    *) set -- "$sh" -e ;;
  esac
  set -- "$@" "$PWD/.aks-run-command/command.sh"
  . ./.aks-run-command/env.sh
  printf '' >.aks-run-command/env.sh
  exec "$@" 2>&1
)

# Whether the exit mark is in the last 64 KiB before $total, where the output to send ends.
# Processes left behind may write around the mark, so each call looks for it in $window bytes after
# $seen. If it is there, the window is halved; otherwise, $seen moves on if there is more output.
spooled() {
  measure "$spool" && total=$((size < seen + window ? size : seen + window))
  [ "$total" -gt "$seen" ] || return 1
  case $(tail -c +$((seen + 1)) "$spool" | head -c $((total - seen - 1))) in
    *"$boundary exit $code"*) window=$(((total - seen) / 2)) && [ "$window" -lt 32768 ] ;;
    *) [ "$total" = "$size" ] || seen=$((total - 64)); return 1 ;;
  esac
}

# Runs $2 for at most $1 seconds. Returns its exit code, or 124 if it had to be ended.
within() {
  "$2" & worker=$!
  # Without SIGTERM's grace, since it ignores that signal.
  echo "$worker" | end_after "$1" 0 >/dev/null & watch=$!
  wait "$worker"; worked=$?
  in_time "$watch" || worked=124
  return "$worked"
}

# Sets $size to how many bytes of the command's file are sent: as many as it has now, since it may
# grow forever.
limit() {
  size=0 && [ -f "$1" ] || return 0
  size=$(stat -Lc %s "$1") && [ "$size" -ge 0 ] && [ "$size" -lt "$file_limit" ] || size=$file_limit
}

send() { [ ! -f "$2" ] || { mark "$1" && head -c "$3" "$2"; }; }

send_files() { # either may be a pipe by the time that it is opened, which blocks the reader
  send outputs "$outputs" "$outputs_size" && send summary "$summary" "$summary_size"
}

# Prints what follows the output; for an output that is too long, also all of it packed, or its end.
finish() {
  room=520192 # 512 KiB, less 4 for the marks
  limit "$outputs"; outputs_size=$size
  limit "$summary"; summary_size=$size
  room=$((room - outputs_size - summary_size))
  # Not by `read`, which busybox gives up where this is a pipe: see below. It may be endless, too.
  shown=$(head -c 20 "$tmp/shown") || shown=0
  fits='' && [ "$total" -le $((room - bundle_limit)) ] && fits=yes
  if [ "$fits" ]; then show "$total"; else show "$early_limit" && mark part "$total"; fi
  [ -z "$late" ] || mark timed-out "$timeout"
  within "$grace" send_files || lost=yes
  if [ "$bundle_limit" -gt 0 ]; then collect; room=$((room - size)); fi
  if [ -z "$fits" ]; then
    rest=$((total - early_limit)) room=$((room - early_limit))
    [ "$total" -le 67108864 ] && command -v gzip >/dev/null &&
      head -c "$total" "$spool" | gzip | base64 >"$tmp/packed"
    measure "$tmp/packed"
    if [ "$size" -gt 0 ] && [ "$size" -le "$room" ]; then
      mark gzip && cat "$tmp/packed"
    else
      [ "$room" -lt "$rest" ] || room=$rest
      mark tail $((rest - room)) && tail -c +$((total - room + 1)) "$spool" | head -c "$room"
    fi
  fi
  [ "$lost" ] || mark end
}

clean() { rm -rf "$tmp"; }

[ "$shell" != bash ] || tools="$tools bash"
[ ! -r .aks-run-command/collect.sh ] || . ./.aks-run-command/collect.sh
for tool in $tools; do command -v "$tool" >/dev/null || refuse lacks "$tool"; done
# A command that finds the boundary can write in this script's name, and a restarted container that
# finds it runs the command again. So nothing runs if `rm` failed, as in a folder that is read-only.
[ ! -e .aks-run-command/boundary ] || refuse lacks disk
for file in command.sh env.sh; do
  [ -f .aks-run-command/$file ] && [ -r .aks-run-command/$file ] || refuse lacks $file
done
mask=$(umask) && umask 077
for base in "${TMPDIR:-/tmp}" /tmp /dev/shm /var/tmp; do
  tmp=$base/.aks-run-command.$$ # hidden from `rm -rf /tmp/*`
  mkdir "$tmp" && break
done
outputs=$tmp/outputs summary=$tmp/summary spool=$tmp/spool
for file in "$outputs" "$summary" "$spool" "$tmp/live"; do printf '' >"$file"; done
# What is written to these two later needs no more room: the disk may be full by then.
echo 0 >"$tmp/shown" && echo >"$tmp/command" && mkfifo "$tmp/pipe" || refuse lacks disk
[ -d "$HOME" ] && [ -w "$HOME" ] || export HOME="$base"
sh=$(command -v sh) || sh=/bin/sh; bash=$(command -v bash)
[ -z "$namespace" ] || set_namespace
[ "$(date +%s)" -lt "$start_by" ] || refuse refused

echo "aks-run-command begin" # a log only grows: after this line, no refusal in it proves anything
# A shell that cannot start a process exits, with a code that is not the command's.
code=137 && trap 'exit "$code"' EXIT
{ cat >"$spool" || cat; } <"$tmp/pipe" >/dev/null & # on a full disk, at least drains the pipe
show_live & live=$!
# The file is opened before the command begins, which may delete it.
{ end_after "$timeout" "$grace" <&3 >/dev/null & watch=$!; } 3<"$tmp/command"
# Again if need be: while busybox opens a pipe, the end of any process makes it give up.
until [ "$begun" ] || [ ! -p "$tmp/pipe" ]; do
  {
    begun=yes
    run_command "$@"; code=$?
    in_time "$watch" || { late=yes code=124; }
    measure "$spool" && seen=$size
    mark exit "$code" | tail -n 2 # as one write, which bash's is not
  } >"$tmp/pipe"
done
# A process left behind may have replaced one of the files below with a pipe, which blocks whatever
# opens it.
echo "$$" | end_after "$finish_limit" 0 >/dev/null & guard=$!
rm -f "$tmp/live"; kill -s USR1 "$live"; wait "$live"
tries=0 window=4194304
until spooled || [ $((tries += 1)) -gt 60 ]; do
  [ "$tries" -lt 30 ] || [ "$total" -lt "$size" ] || sleep 0.2
done
finish
within "$grace" clean
in_time "$guard"
exit "$code"
