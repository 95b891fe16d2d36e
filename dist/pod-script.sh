#!/bin/sh
# Runs the user's command in the pod, and prints what src/pod/stream.ts reads:
#   run.sh HASH START_BY TIMEOUT SHELL NAMESPACE [FACT=VALUE]...
#
#   aks-run-command start HASH     whose log this is
#   BOUNDARY refused               the pod started too late; or `lacks WHAT`. Nothing has run.
#   aks-run-command begin          from here on, the command may have run
#   …                              its output; of one that is too long, the start
#   BOUNDARY gap BYTES             how much of it is missing; then its end
#   BOUNDARY exit CODE             unless the pod lost some of the output
#   BOUNDARY timed-out SECONDS     if this script ended the command
#   BOUNDARY outputs               then what is in $GITHUB_OUTPUT; likewise `summary`, and
#   BOUNDARY collected             what src/collect/collect.sh wrote; or `uncollected WHY`
#   BOUNDARY end                   all of it has been sent
#
# The boundary marks this script's own lines. It arrives in a file that is deleted before any code
# of the user's exists, and stays in a variable that is not exported. HASH, its SHA-256, is not a
# secret.
#
# env.sh is not here, and A && B || C is intended:
# shellcheck disable=SC1091,SC2015,SC2030,SC2031,SC2163
exec </dev/null 2>/dev/null # keeps what a shell says about processes ("Killed") out of the log
trap '' HUP INT PIPE TERM
set +avx && unset boundary # the environment could export the boundary, or trace it to the log
IFS= read -r boundary <.aks-run-command/boundary
rm -f .aks-run-command/boundary
echo "aks-run-command start $1" # before every exit, so that a follower knows whose log it is
[ "$boundary" ] || exit 76
start_by=$2 time_limit=$3 shell=$4 namespace=$5 && shift 5
log_limit=520192 early_limit=131072 # AKS keeps 512 KiB; 4 of them are for this script's own lines
file_limit=65537                    # 64 KiB, and one byte to show that there is more
collect_limit=307200
why='' late='' kept='' ended='' collect='' uncollected='' lost=''
bundle_size=0

mark() { printf '\n%s\n' "$boundary $*"; } # the first newline is not part of the output
refuse() { mark "$@"; exit 75; }           # nothing has run or will, even if the log is closed

# Runs a program that something in the pod could block, for at most $1 seconds. SIGKILL, because
# what this script starts ignores SIGTERM, too.
within() {
  seconds=$1 && shift
  if [ "$timeout" ]; then "$timeout" -s KILL "$seconds" "$@"; else "$@"; fi
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
    *) why=$(head -n 1 "$tmp/why" | head -c 300) && why=${why:-kubectl failed} ;;
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
  exec >"$tmp/pipe" 2>&1
  # The user's variables may have any name: after them, nothing is looked up by name.
  . ./.aks-run-command/env.sh
  printf '' >.aks-run-command/env.sh
  exec "$@"
}

# Sets $now to hundredths of a second, by a clock that nobody can change.
clock() { read -r now _ </proc/uptime && now=${now%.*}${now#*.}; }

# Waits for the end of a process, or of all in group -$1, for at most ten seconds.
await_end() {
  tries=0
  while kill -s 0 -- "$1" && [ $((tries += 1)) -le 500 ]; do sleep 0.02; done
}

# Reads what the command writes to the pipe. If the disk is full, the command can go on writing all
# the same, and the pipe is deleted as a sign that output was lost.
keep_output() {
  cat || { rm "$tmp/pipe"; exec cat >/dev/null; }
}

size_of() { wc -c <"$1" || echo 0; }

show() { # the output after byte $1, up to byte $2
  [ "$2" -le "$1" ] || tail -c +$(($1 + 1)) "$spool" | head -c $(($2 - $1))
}

show_start() { # while the command runs, so that the log can be followed
  shown=0 looks=0 pause=0.02 # a short command is not held up
  until [ "$ended" ]; do
    [ $((looks += 1)) -lt 50 ] || pause=0.2
    sleep "$pause"
    kill -s 0 "$reader" || ended=yes # now the spool is complete
    [ "$shown" -lt "$early_limit" ] || continue
    size=$(size_of "$spool")
    early=$((size < early_limit ? size : early_limit))
    show "$shown" "$early"
    shown=$early
  done
}

pack() { # what is to be collected
  within 30 "$sh" .aks-run-command/collect.sh "$tmp/bundle" $((collect_limit + 1))
  case $? in 0) ;; 137) uncollected='time' ;; *) uncollected=disk ;; esac
  bundle_size=$(size_of "$tmp/bundle")
  [ "$bundle_size" -le "$collect_limit" ] || uncollected=size
  [ -z "$uncollected" ] || bundle_size=0
}

count() { # prints how many bytes of the command's file are sent
  [ -f "$1" ] && within 10 head -c "$file_limit" "$1" | wc -c || echo 0
}

send() { # so many and no more, since a process left behind may still write to it
  [ ! -f "$2" ] || { mark "$1" && within 10 head -c "$3" "$2"; }
}

tools='cat date head mkfifo mktemp rm sleep tail wc'
[ "$shell" != bash ] || tools="$tools bash"
[ ! -e .aks-run-command/collect ] || collect=yes tools="$tools base64 tar" early_limit=16384
for tool in $tools; do command -v "$tool" >/dev/null || refuse lacks "$tool"; done
[ -z "$collect" ] || tar --hard-dereference --version >/dev/null || refuse lacks 'GNU tar'
# A command that finds the boundary can write in this script's name, and a restarted container that
# finds it runs the command again. So nothing runs if `rm` failed, as in a folder that is read-only.
[ ! -e .aks-run-command/boundary ] || refuse lacks disk
for file in command.sh env.sh; do
  [ -f .aks-run-command/$file ] && [ -r .aks-run-command/$file ] || refuse lacks $file
done
sh=$(command -v sh) || sh=/bin/sh; bash=$(command -v bash)
# Only GNU's exits as this script expects. Without it, the command has no time limit.
timeout=$(command -v timeout) && "$timeout" --version >/dev/null && clock || timeout=''
mask=$(umask) && umask 077
for base in "${TMPDIR:-/tmp}" /tmp /dev/shm /var/tmp; do
  # Hidden from `rm -rf /tmp/*`.
  tmp=$(mktemp -d "$base/.aks-run-command.XXXXXX") && break
done
[ "$tmp" ] || refuse lacks disk
outputs=$tmp/outputs summary=$tmp/summary spool=$tmp/spool
for file in "$outputs" "$summary" "$spool"; do printf '' >"$file"; done
mkfifo "$tmp/pipe" || refuse lacks disk
[ -d "$HOME" ] && [ -w "$HOME" ] || export HOME="$base"
[ -z "$namespace" ] || set_namespace
[ "$(date +%s)" -lt "$start_by" ] || refuse refused
[ -z "$why" ] || refuse lacks namespace "$why" # the command would act in another one

echo "aks-run-command begin" # a log only grows: after this line, no refusal in it proves anything
# A shell that cannot start a process exits, with a code that is not the command's.
code=137 && trap 'exit "$code"' EXIT
keep_output >"$spool" <"$tmp/pipe" & reader=$!
show_start & live=$!
clock; began=$now
group=$(run_command "$@"); code=$?
clock
case $timeout:$code in
  ?*:124 | ?*:137)
    if [ $((now - began)) -ge "${time_limit}00" ]; then
      late=yes code=124
      # `timeout` waits for the shell only. What the shell started has ten seconds, too.
      await_end "-$group"
      kill -s KILL -- "-$group"
    fi
    ;;
esac

await_end "$reader" # a process left behind may hold the pipe open
kill -s KILL "$reader"
wait "$live" && [ -p "$tmp/pipe" ] && [ -f "$spool" ] && kept=yes
total=$(size_of "$spool")

[ -z "$collect" ] || pack
outputs_size=$(($(count "$outputs"))) summary_size=$(($(count "$summary")))
room=$((log_limit - outputs_size - summary_size - bundle_size))
missing=$((total > room ? total - room : 0))
[ "$missing" -eq 0 ] || mark gap "$missing"
show $((missing + (total < early_limit ? total : early_limit))) "$total"
[ -z "$kept" ] || mark exit "$code"
[ -z "$late" ] || mark timed-out "$time_limit"
send outputs "$outputs" "$outputs_size" && send summary "$summary" "$summary_size" || lost=yes
case $collect:$uncollected in
  yes:) mark collected && cat "$tmp/bundle" ;;
  yes:*) mark uncollected "$uncollected" ;;
esac
[ "$lost" ] || mark end
within 10 rm -rf "$tmp"
exit "$code"
