# The program of the mixed campaign: $1 is what it reports in the last of $FAULTS_STEPS steps, $2 how many milliseconds it takes. What it does it writes down in $FAULTS_JOURNAL, of
# which no tuner knows: SECONDS WHAT TUNER TRIAL ATTEMPT PID, and more. A file in $FAULTS_ORDERS tells the first one that takes it to misbehave.
note() {
  read -r up _ </proc/uptime
  echo "$up $1 $FAULTS_TUNER $ATTUNE_TRIAL $ATTUNE_ATTEMPT $$ $2" >>"$FAULTS_JOURNAL"
}
alive() {
  { read -r _ name state _ <"/proc/$1/stat"; } 2>/dev/null && [ "$name" = "(sh)" ] && [ "$state" != Z ]
}
note begin "$1"
while read -r _ what _ trial _ pid _; do
  [ "$what $trial" = "begin $ATTUNE_TRIAL" ] && [ "$pid" != $$ ] && alive "$pid" && note beside "$pid"
done <"$FAULTS_JOURNAL"

what='' taken="$FAULTS_ORDERS.taken/$ATTUNE_TRIAL-$ATTUNE_ATTEMPT"
for order in "$FAULTS_ORDERS"/*; do
  [ -e "$order" ] && mv "$order" "$taken" 2>/dev/null && read -r what place kind <"$taken" && break
done
[ -z "$what" ] || note order "$what $place $kind"

report() {
  if [ $((ATTUNE_TRIAL % 2)) = 1 ] && [ -z "$what" ]; then echo "$1" >>"$ATTUNE_REPORT_FILE"; else echo "$1"; fi
}
[ $((ATTUNE_TRIAL % 3)) = 0 ] && [ -z "$what" ] && echo weights >"$ATTUNE_CHECKPOINT_DIR/model"
report "{\"step\": 1, \"loss\": $FAULTS_STEPS$1}"
case $what in
swap) sh "${0%/*}/../support/put-in-place.sh" "$place" "$kind" "$FAULTS_RESULTS/$ATTUNE_TRIAL" ;;
hang) sleep 1000 ;;
stubborn) trap '' TERM && while :; do sleep 1000; done ;;
child) sleep 1000 & ;;
daemon) setsid sleep 1000 </dev/null >/dev/null 2>&1 & ;;
flood) dd if=/dev/zero bs=65536 count=80 2>/dev/null | tr '\0' 'x' | fold -w 100 ;;
fail) exit 7 ;;
kill-parent) kill -9 "$PPID" ;;
esac
step=2
while [ "$step" -lt "$FAULTS_STEPS" ]; do
  sleep "$(printf '0.%03d' $(($2 / (FAULTS_STEPS - 1))))"
  report "{\"step\": $step, \"loss\": $((FAULTS_STEPS - step))$1}"
  step=$((step + 1))
done
sleep "$(printf '0.%03d' $(($2 / (FAULTS_STEPS - 1))))"
note end "$1"
report "{\"step\": $FAULTS_STEPS, \"loss\": $1}"
