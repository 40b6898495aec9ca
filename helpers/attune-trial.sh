# Talk with Attune from a POSIX shell script, without installing anything: keep this file beside your script.
#
#     . ./attune-trial.sh
#
#     lr=$(attune_param lr 0.001)                 # the trial's value, or your default
#     epoch=0
#     while [ "$epoch" -lt 100 ] && ! attune_should_stop; do
#       loss=$(./train --lr "$lr" --epoch "$epoch")
#       attune_report "$epoch" "val_loss=$loss"
#       epoch=$((epoch + 1))
#     done
#
# Run by hand, without Attune, it gives your defaults, prints reports, and never asks to stop.

# attune_param NAME [DEFAULT]: the value of a parameter; fails when there is neither a value nor a default.
attune_param() {
  attune_variable=ATTUNE_PARAM_$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]' | tr -c 'A-Z0-9_' '_')
  if eval "[ -n \"\${$attune_variable+set}\" ]"; then
    eval "printf '%s\n' \"\$$attune_variable\""
  elif [ $# -ge 2 ]; then
    printf '%s\n' "$2"
  else
    echo "attune_param: the parameter $1 has no value and no default" >&2
    return 1
  fi
}

# attune_report STEP NAME=VALUE...: reports metrics at a step. Prints them when no tuner listens.
attune_report() {
  attune_line="{\"step\":$1"
  attune_text="step=$1"
  shift
  for attune_metric in "$@"; do
    attune_text="$attune_text $attune_metric"
    attune_line="$attune_line,\"${attune_metric%%=*}\":\"${attune_metric#*=}\""
  done
  if [ -n "${ATTUNE_REPORT_FILE-}" ]; then
    printf '%s}\n' "$attune_line" >>"$ATTUNE_REPORT_FILE"
  else
    printf '%s\n' "$attune_text"
  fi
}

# attune_should_stop: true once the tuner asks this trial to end: save what you need and return.
attune_should_stop() {
  [ -n "${ATTUNE_STOP_FILE-}" ] && [ -e "$ATTUNE_STOP_FILE" ]
}
