#!/bin/sh
# Runs the user's command in the pod, and prints what src/pod/stream.ts reads:
#   run.sh HASH START_BY TIMEOUT SHELL NAMESPACE [NAME=VALUE]...
#
#   aks-run-command start HASH     whose log this is
#   BOUNDARY refused               the pod started too late; or `lacks WHAT`. Nothing has run.
#   aks-run-command begin          from here on, the command may have run
#   …                              its output; of one that is too long, the start
#   BOUNDARY gap BYTES             how much of it is missing; then its end
#   BOUNDARY exit CODE             the command's exit code; 124 if this script ended it
#   BOUNDARY timed-out SECONDS     at which timeout this script ended it
#   BOUNDARY left-behind           if this script ended what the command left behind; then the
#                                  names of at most 20 processes, one per line
#   BOUNDARY outputs BYTES         how large $GITHUB_OUTPUT is, then at most 64 KiB of it; likewise
#   BOUNDARY summary BYTES         $GITHUB_STEP_SUMMARY
#   BOUNDARY collected             what src/pod/collect.sh wrote; or `uncollected WHY`
#   BOUNDARY end                   nothing comes after this line
#
# A line that is missing says something, too. From any line on, all may be missing, because AKS cut
# the log, or the pod was killed. Otherwise:
#
#   start      this script did not print the log
#   begin      the command has not begun
#   exit       some of the output may be lost
#   outputs    $GITHUB_OUTPUT is not a file anymore; likewise `summary`
#   end        something that belongs above it was not sent
#
# The boundary marks this script's own lines. It arrives in a file that is deleted before any code
# of the user's exists, and stays in a variable that is not exported. HASH, its SHA-256, is not a
# secret.
#
# While the command runs, the script waits for it, and `keep_log`, a process of its own, waits for
# the end of the output. What goes where (3 and 4 are file descriptors):
#
#   the command --> $tmp/pipe --> tee --> $spool        all of the output, on the disk
#                                  |
#                                  dd --3--> the log    its start, at once
#                                  |
#                                  wc -----> keep_log   how much is only in the spool, and before
#                                                       that, which of these programs failed
#   the script, end_writers ------4--> keep_log         how the command ended, and the names of
#                                                       the processes that it left behind
#   keep_log --> the log                                the end of the output, and the lines from
#                                                       `gap` to `end`
#
# Only `keep_log` uses the disk, so a disk that hangs cannot hold up the script. What has been read
# and sent is known from programs that count it and from their exit codes, never from what is on the
# disk. If one of them fails, a line is missing: `exit`, or `end`.
#
# env.sh is not here, A && B || C is intended, and numbers are split into words:
# shellcheck disable=SC1091,SC2015,SC2030,SC2031,SC2046,SC2163,SC3013
exec </dev/null 2>/dev/null # keeps what a shell says about processes ("Killed") out of the log
trap '' HUP INT PIPE TERM
set +avx && unset boundary # the environment could export the boundary, or trace it to the log
IFS= read -r boundary <.aks-run-command/boundary
rm -f .aks-run-command/boundary
echo "aks-run-command start $1" # before every exit, so that a follower knows whose log it is
[ "$boundary" ] || exit 76
start_by=$2 time_limit=$3 shell=$4 namespace=$5 && shift 5
log_limit=520192 # AKS keeps 512 KiB; 4 of them are for this script's own lines
start_blocks=2048 # of at most 64 bytes: how much is shown at once
file_limit=65536 collect_limit=307200
why='' late='' left_behind='' collect='' uncollected='' is_shown=yes is_sent=yes
newline='
'
bundle_size=0 outputs_size='' summary_size=''

mark() { printf '\n%s\n' "$boundary $*"; } # the first newline is not part of the output
refuse() { mark "$@"; exit 75; }           # nothing has run or will, even if the log is closed

# Runs a program that something in the pod could block, for at most $1 seconds. SIGKILL, because
# what this script starts ignores SIGTERM, too.
within() {
  seconds=$1 && shift
  if [ "$timeout" ]; then "$timeout" -s KILL "$seconds" "$@"; else "$@"; fi
}

# Sets a HOME that is writable, which helm needs. kubectl still finds a kubeconfig in the pod's own.
set_home() {
  [ "$KUBECONFIG" ] || [ ! -e "$HOME/.kube/config" ] || export KUBECONFIG="$HOME/.kube/config"
  export HOME="$base"
}

# Sets the default namespace of kubectl and helm. The context of a kubeconfig comes before
# POD_NAMESPACE and may name another one, so it is changed in a copy.
set_namespace() {
  export HELM_NAMESPACE="$namespace" POD_NAMESPACE="$namespace"
  command -v kubectl >/dev/null || return 0
  # The user's variables come later, and only these two count here, so that kubectl runs nothing
  # else of the user's.
  [ -z "$(unset KUBECONFIG; . ./.aks-run-command/env.sh; printf %s "$KUBECONFIG")" ] || return 0
  home=$(. ./.aks-run-command/env.sh; printf %s "$HOME")
  copy=$tmp/kubeconfig
  copy_kubeconfig 2>"$tmp/why"
  case $? in
    0) [ ! -e "$copy" ] || export KUBECONFIG="$copy" ;;
    137) why='kubectl was killed, or did not end within 30 seconds' ;;
    *) why=$(head -n 1 "$tmp/why") && why=${why:-kubectl failed} ;;
  esac
}

copy_kubeconfig() ( # flattened, because certificates may be at relative paths
  export HOME="$home"
  within 30 kubectl config view --raw --flatten >"$copy" || exit
  export KUBECONFIG="$copy"
  within 30 kubectl config current-context >/dev/null
  case $? in
    0) within 30 kubectl config set-context --current --namespace "$namespace" >/dev/null ;;
    1) rm "$copy" ;; # there is no current context
    *) exit ;;
  esac
)

# Becomes the command. If it can be ended, prints the number of its process group first.
run_command() {
  umask "$mask" && trap - HUP INT PIPE TERM
  export GITHUB_WORKSPACE="$PWD"
  export GITHUB_OUTPUT="$outputs" GITHUB_STEP_SUMMARY="$summary" "$@"
  case $shell:$bash in
    bash:*) set -- "$bash" --noprofile --norc -eo pipefail ;;
    :?*) set -- "$bash" -e ;;
    *) set -- "$sh" -e ;;
  esac
  set -- "$@" "$PWD/.aks-run-command/command.sh"
  if [ "$timeout" ]; then
    set -- "$timeout" -k 10 "$time_limit" "$@" # it makes itself the leader of a new group
    read -r self _ </proc/self/stat && echo "$self"
  fi
  exec >"$tmp/pipe" 2>&1 3>&- 4>&-
  # The user's variables may have any name: after them, nothing is looked up by name.
  . ./.aks-run-command/env.sh
  printf '' >.aks-run-command/env.sh
  exec "$@"
}

# Sets $now to hundredths of a second, by a clock that nobody can change.
clock() { read -r now _ </proc/uptime && now=$((${now%.*} * 100 + 1${now#*.} - 100)); }

# Ends what a timeout leaves of the command's process group, ten seconds after its SIGTERM.
end_group() {
  deadline=$((time_limit + 10))00
  while kill -0 "-$group" && [ $((now - began)) -lt "$deadline" ]; do sleep 0.1; clock; done
  kill -KILL "-$group"
}

# Prints the numbers of the processes that can still write to the command's output. The kernel shows
# how each of their descriptors was opened, in octal: the last digit is 1 for writing, and 2 for both.
writers() {
  for fd in /proc/[0-9]*/fd/[0-9]*; do
    [ "$fd" -ef "$tmp/pipe" ] || continue
    process=${fd%/fd/*}
    while read -r field flags; do
      case $field$flags in flags:*[12]) echo "${process#/proc/}" ;; esac
    done <"$process/fdinfo/${fd##*/}"
  done
}

# Ends the processes that hold the command's output open, so that it has an end. They are stopped
# first: a shell that saw a process of its own end would write that into the output. Meanwhile, their
# names go to `keep_log`, which reads them only after the output has ended.
end_writers() {
  stopped=$(writers)
  for pid in $stopped; do kill -STOP "$pid"; done
  for pid in $stopped; do
    read -r name <"/proc/$pid/comm" && printf '%s\n' "${name:-?}"
  done | head -n 20 >&4
  for pid in $(writers); do kill -KILL "$pid"; done
}

# Reads the command's output to its end. `tee` copies all of it to the spool, and `dd` passes its
# start on to the log at once, so that the log can be followed; `wc` counts the rest. Prints that
# number, and before it the name of each program that failed, `tee` with its exit code. If the spool
# fails, as on a full disk, `cat` still reads what the command writes.
read_output() {
  {
    { tee "$spool" || { echo "tee $?" >&5 && cat; }; } <"$tmp/pipe" |
      { dd bs=64 count="$start_blocks" >&3 || echo dd; wc -c || echo wc; }
  } 5>&1
}

pack() { # what is to be collected
  within 30 "$sh" .aks-run-command/collect.sh "$tmp/bundle" $((collect_limit + 1))
  case $? in
    0) bundle_size=$(wc -c <"$tmp/bundle") || uncollected=disk ;;
    137) uncollected='time' ;;
    *) uncollected=disk ;;
  esac
  [ "${bundle_size:-0}" -le "$collect_limit" ] || uncollected=size
  [ -z "$uncollected" ] || bundle_size=0
}

size_of() { # one of the command's two files; prints nothing if it is not a file
  [ -f "$1" ] || return 0
  size=$(within 10 wc -c "$1") && echo "${size%% *}"
}

part_of() { # prints how much of a file is sent, by its size
  [ "${1:-0}" -le "$file_limit" ] && echo "${1:-0}" || echo "$file_limit"
}

show_end() { # of an output that is longer than what was shown at once
  total=$(wc -c <"$spool") || return
  room=$((log_limit - (total - rest) - bundle_size))
  room=$((room - $(part_of "$outputs_size") - $(part_of "$summary_size")))
  missing=$((rest > room ? rest - room : 0))
  [ "$missing" -eq 0 ] || mark gap "$missing"
  tail -c $((rest - missing)) "$spool"
}

send() { # a file of which the size is known; not what a process left behind adds to it later
  [ "$3" ] || return 0
  mark "$1" "$3" && { [ "$3" -eq 0 ] || within 10 head -c "$(part_of "$3")" "$2"; }
}

# Writes everything between the lines `begin` and `end`. `rest` is how much of the output is only in
# the spool. If that is not known, or the spool is not whole, some of the output may be lost.
keep_log() {
  set -- $(read_output)
  case $* in
    'tee 1 0') rest=0 ;; # `tee` could not write the spool, but the log has all of the output
    *[!0-9]* | '') rest=0 is_shown='' ;; # a program failed, or `read_output` itself
    *) rest=$1 ;;
  esac
  read -r code late <&4

  # What `end_writers` stopped held the output open, so the names are there already, if there are
  # any. An empty line behind them ends the loop.
  echo >&4
  while read -r name <&4 && [ "$name" ]; do left_behind=$left_behind$name$newline; done

  [ -z "$collect" ] || pack
  outputs_size=$(size_of "$outputs") && summary_size=$(size_of "$summary") || is_sent=''
  [ "$rest" -eq 0 ] || show_end || is_shown=''
  [ -z "$is_shown" ] || mark exit "$code"
  [ -z "$late" ] || mark timed-out "$time_limit"
  [ -z "$left_behind" ] || { mark left-behind && printf %s "$left_behind"; }
  send outputs "$outputs" "$outputs_size" && send summary "$summary" "$summary_size" || is_sent=''
  case $collect:$uncollected in
    yes:) mark collected && cat "$tmp/bundle" || is_sent='' ;;
    yes:*) mark uncollected "$uncollected" ;;
  esac
  [ -z "$is_sent" ] || mark end
  within 10 rm -rf "$tmp"
}

tools='cat date dd head mkfifo mktemp rm sleep tail tee wc'
[ "$shell" != bash ] || tools="$tools bash"
[ ! -e .aks-run-command/collect ] || collect=yes tools="$tools base64 tar" start_blocks=256
for tool in $tools; do command -v "$tool" >/dev/null || refuse lacks "$tool"; done
[ -z "$collect" ] || tar --hard-dereference --version >/dev/null || refuse lacks 'GNU tar'
# A command that finds the boundary can write in this script's name, and a restarted container that
# finds it runs the command again. So nothing runs if `rm` failed, as in a folder that is read-only.
[ ! -e .aks-run-command/boundary ] || refuse lacks disk
for file in command.sh env.sh; do
  [ -f .aks-run-command/$file ] && [ -r .aks-run-command/$file ] || refuse lacks $file
done
sh=$(command -v sh) || sh=/bin/sh; bash=$(command -v bash)
# Only GNU's ends a command as this script expects. Without it, the command has no time limit.
timeout=$(command -v timeout)
case $("$timeout" --version) in *'(GNU coreutils)'*) clock ;; *) false ;; esac || timeout=''
mask=$(umask) && umask 077
for base in "${TMPDIR:-/tmp}" /tmp /dev/shm /var/tmp; do
  # Hidden from `rm -rf /tmp/*`.
  tmp=$(mktemp -d "$base/.aks-run-command.XXXXXX") && break
done
[ "$tmp" ] || refuse lacks disk
outputs=$tmp/outputs summary=$tmp/summary spool=$tmp/spool
for file in "$outputs" "$summary" "$spool"; do printf '' >"$file"; done
mkfifo "$tmp/pipe" "$tmp/ending" || refuse lacks disk
[ -d "$HOME" ] && [ -w "$HOME" ] || set_home
[ -z "$namespace" ] || set_namespace
[ "$(date +%s)" -lt "$start_by" ] || refuse refused
[ -z "$why" ] || refuse lacks namespace "$why" # the command would act in another one

echo "aks-run-command begin" # a log only grows: after this line, no refusal in it proves anything
# A shell that cannot start a process exits, with a code that is not the command's.
code=137 && trap 'exit "$code"' EXIT
exec 3>&1 4<>"$tmp/ending" # the log, and what tells `keep_log` how the command ended
keep_log & log=$!
clock; began=$now
group=$(run_command "$@"); code=$?
clock
case $timeout:$code in
  ?*:124 | ?*:137)
    # `timeout` waits for the shell only, and the shell may have started others.
    [ $((now - began)) -lt "${time_limit}00" ] || { late=yes code=124; end_group; }
    ;;
esac
echo "$code $late" >&4

# A process left behind has five seconds to write more. If something hangs, the rest of the log is
# given up: a process that hangs in the disk does not end, not even by SIGKILL.
trap 'exit "$code"' USR1
{ sleep 5; end_writers & sleep 55; kill -USR1 $$; } >/dev/null 3>&- & watch=$!
wait "$log"
kill -KILL "$watch"
exit "$code"
