# The executor contract's behaviour as a program.
step=0
for loss in $(echo "${ATTUNE_PARAM_REPORTS:-}" | tr -d '[]' | tr , ' '); do
  step=$((step + 1))
  echo "step $step loss=$loss"
done
case $ATTUNE_PARAM_ENDING in
  value) echo "loss=$ATTUNE_PARAM_VALUE" ;;
  fail) echo boom >&2; exit 3 ;;
  nan) echo loss=nan ;;
  nothing) echo other=1 ;;
  obey) trap 'exit 0' TERM; echo "step 1 loss=7"; while :; do sleep 1 & wait $!; done ;;
  hang) trap '' TERM; echo "step 1 loss=7"; while :; do sleep 1; done ;;
esac
