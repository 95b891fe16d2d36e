#!/bin/sh
# A smoke test of the shop that needs only sh, awk, and kubectl. It writes reports/smoke.xml in JUnit format, and
# exits with 1 if a check fails. kubectl acts in the namespace that the workflow sets.
mkdir -p reports
checks=0 failures=0 cases=

check() { # NAME COMMAND [ARG...]
  name=$1 && shift
  checks=$((checks + 1))
  if output=$("$@" 2>&1); then
    echo "ok    $name"
    cases="$cases<testcase classname=\"shop\" name=\"$name\"/>"
  else
    echo "FAIL  $name"
    echo "$output"
    failures=$((failures + 1))
    cases="$cases<testcase classname=\"shop\" name=\"$name\"><failure>$(echo "$output" | escape)</failure></testcase>"
  fi
}

escape() {
  awk '{ gsub(/[^[:print:]]/, " "); gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;"); gsub(/>/, "\\&gt;"); print }'
}

at_least() { # NUMBER DEPLOYMENT
  ready=$(kubectl get deployment "$2" --output=jsonpath='{.status.readyReplicas}')
  echo "${ready:-0} of at least $1 replicas are ready"
  [ "${ready:-0}" -ge "$1" ]
}

check 'the deployment is rolled out' kubectl rollout status deployment/shop --timeout=2m
check 'two replicas are ready' at_least 2 shop
# No image and no pod is needed: the API server asks the service.
check 'the service answers' kubectl get --raw /api/v1/namespaces/shop/services/http:shop:80/proxy/healthz

printf '<testsuites><testsuite name="smoke" tests="%d" failures="%d">%s</testsuite></testsuites>\n' \
  "$checks" "$failures" "$cases" >reports/smoke.xml
[ "$failures" -eq 0 ]
