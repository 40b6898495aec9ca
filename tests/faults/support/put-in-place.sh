# put-in-place.sh PLACE KIND RESULTS: puts something else in the place of one of the trial's files; RESULTS names its results file (with
# .json) and its folder of event files.
own=$(dirname "$ATTUNE_REPORT_FILE")
case $1 in
reports) place=$ATTUNE_REPORT_FILE ;;
stop) place=$ATTUNE_STOP_FILE ;;
log) place=$own/attempt-$ATTUNE_ATTEMPT.log ;;
checkpoint) place=$ATTUNE_CHECKPOINT_DIR ;;
metrics) place=$3.json ;;
events) place=$3/out.tfevents.1 ;;
esac
mkdir -p "$own" "$(dirname "$place")"
rm -rf "$place"
case $2 in
pipe) mkfifo "$place" ;;
folder) mkdir "$place" && touch "$place/kept" ;;
device) ln -s /dev/zero "$place" ;;
circle) ln -s "$place" "$place" ;;
endless) truncate -s 900G "$place" ;;
unreadable) : >"$place" && chmod 000 "$place" ;;
esac
