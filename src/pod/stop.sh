#!/bin/sh
# Sends SIGTERM to a command in its pod. It is a command itself, with three variables:
#
#   ID      the command's; without it, HASH finds the pod
#   HASH    what the pod's specification contains
#   UNTIL   when to give up on a pod that does not start, in seconds since the epoch
#
# Prints the pod's name, if there is one. The exit code is 0 if the signal was sent, 10 if no pod
# runs, 11 if the pod runs no command of this action, and 12 if it has ended. Any other is kubectl's.
#
# A && B || C is intended, names are split into words, and what runs in the pod expands there:
# shellcheck disable=SC2015,SC2016,SC2086

# The script in the pod runs the command below a `timeout` with these arguments. It passes SIGTERM on
# to the command's process group, and ends that by SIGKILL ten seconds later. It is reported before it
# is sent, because the end of the pod ends this, too.
send='cd /proc && for pid in [0-9]*; do
  read -r name <"$pid/comm" && [ "$name" = timeout ] || continue
  case $(tr "\0" " " <"$pid/cmdline") in
    *" -k 10 "*"/.aks-run-command/command.sh ") kill -0 "$pid" && echo sent && kill "$pid" ;;
  esac
done 2>/dev/null || :'

words=.aks-run-command/words # kubectl's, if it fails
tries=5                      # a pod that runs takes some seconds to get to its command

finish() { echo "$pod"; exit "$1"; }

use_try() { tries=$((tries - 1)) && [ "$tries" -gt 0 ]; }

# Returns only if kubectl's request did not get through, and there is another try. A refusal is
# final, whatever it quotes. The last line says why kubectl ended; above it is what it tried before.
try_again_after() {
  case $(cat "$words") in
    *'(Forbidden)'* | *'denied request'* | *'denied the request'*) tries=0 ;;
  esac
  case $(tail -n 1 "$words") in
    *'error dialing backend'* | *'etcdserver: request timed out'* | *'TLS handshake timeout'* | \
      *'connection refused'* | 'The connection to the server '*' was refused'*) ;;
    *) tries=0 ;;
  esac
  use_try || { cat "$words"; exit "$1"; }
}

while :; do
  failed=0
  pods=$(kubectl get pods ${ID:+"command-$ID"} --namespace aks-command --ignore-not-found \
    --output json 2>"$words") || { failed=$? pods=''; }
  found=$(printf %s "$pods" | jq -r --arg hash "$HASH" '(.items // [.])[] |
    select(tostring | contains($hash)) | "\(.metadata.name) \(.status.phase)"')
  set -- $found && pod=$1 phase=$2
  case $phase in
    Running)
      sent=$(kubectl exec "$pod" --namespace aks-command -- sh -c "$send" 2>"$words") || failed=$?
      [ -z "$sent" ] || finish 0
      [ "$failed" -gt 0 ] || use_try || finish 11
      ;;
    Succeeded | Failed) finish 12 ;;
    *) [ "$failed" -gt 0 ] || [ "$(date +%s)" -lt "$UNTIL" ] || finish 10 ;;
  esac
  [ "$failed" -eq 0 ] || try_again_after "$failed"
  sleep 2
done
