#!/usr/bin/env bash
# Stops the old engine of an upgrade, and only if the new one does the same: with a savepoint, from
# which it can be started again. Nothing is deleted.
#
#   retire-engine.sh OLD NEW --config FILE [--namespace NAME] [--timeout 2h] [-- COMPARE OPTIONS]
#
# OLD and NEW are engine names (engine.name); their jobs are the FlinkDeployments
# lockstep-detection-OLD and lockstep-detection-NEW. What follows -- goes to `lockstep compare`, such
# as --customer, --since or --tolerance. LOCKSTEP and KUBECTL name other commands to run.
#
# Exit code 0: OLD is suspended. 1: it goes on, because the engines differ, or could not be judged in
# time. 2: wrong usage, or there is no such FlinkDeployment. 3: Kafka or Kubernetes failed.
set -euo pipefail

lockstep=${LOCKSTEP:-lockstep}
kubectl=${KUBECTL:-kubectl}

usage() {
  sed -n '5,14s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

say() {
  echo "retire-engine: $*" >&2
}

old='' new='' config='' namespace=lockstep timeout=2h
compare_options=()
while (($# > 0)); do
  case $1 in
    --config | --namespace | --timeout)
      (($# > 1)) || usage
      case $1 in
        --config) config=$2 ;;
        --namespace) namespace=$2 ;;
        --timeout) timeout=$2 ;;
      esac
      shift 2
      ;;
    --)
      shift
      compare_options=("$@")
      break
      ;;
    -*) usage ;;
    *)
      if [[ -z $old ]]; then
        old=$1
      elif [[ -z $new ]]; then
        new=$1
      else
        usage
      fi
      shift
      ;;
  esac
done
[[ -n $old && -n $new && -n $config ]] || usage

deployment() {
  echo "flinkdeployment/lockstep-detection-$1"
}

in_cluster() {
  "$kubectl" --namespace "$namespace" "$@"
}

# Both must be there before anybody waits for hours.
for engine in "$old" "$new"; do
  if ! in_cluster get "$(deployment "$engine")" >/dev/null; then
    say "there is no $(deployment "$engine") in namespace $namespace"
    exit 2
  fi
done

say "waiting up to $timeout until $old and $new can be judged"
status=0
"$lockstep" compare "$old" "$new" --config "$config" --wait --timeout "$timeout" \
  ${compare_options[@]+"${compare_options[@]}"} || status=$?
case $status in
  0) say "$old and $new agree" ;;
  1)
    say "$old goes on: $new does not do the same, or could not be judged in $timeout (see above)"
    exit 1
    ;;
  *)
    say "$old goes on: the comparison ended with exit code $status"
    exit "$status"
    ;;
esac

if ! in_cluster patch "$(deployment "$old")" --type merge \
  --patch '{"spec":{"job":{"state":"suspended","upgradeMode":"savepoint"}}}'; then
  say "$old goes on: Kubernetes did not take the change"
  exit 3
fi
if ! in_cluster wait "$(deployment "$old")" --timeout=10m \
  --for='jsonpath={.status.lifecycleState}=SUSPENDED'; then
  say "$old was asked to stop and has not yet: kubectl describe $(deployment "$old")"
  exit 3
fi
say "$old is suspended. The way back: kubectl --namespace $namespace patch $(deployment "$old")" \
  "--type merge --patch '{\"spec\":{\"job\":{\"state\":\"running\"}}}'"
