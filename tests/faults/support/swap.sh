# swap.sh PLACE KIND: puts something else in the place of one of the trial's files, then prints its loss.
own=$(dirname "$ATTUNE_REPORT_FILE")
case $1 in
reports) place=$ATTUNE_REPORT_FILE ;;
stop) place=$ATTUNE_STOP_FILE ;;
log) place=$own/attempt-0.log ;;
checkpoint) place=$ATTUNE_CHECKPOINT_DIR ;;
metrics) place=$PWD/results/$1-$2.json ;;
events) place=$PWD/results/$1-$2/out.tfevents.1 ;;
esac
mkdir -p "$own" "$(dirname "$place")"
rm -rf "$place"
case $2 in
pipe) mkfifo "$place" ;;
folder) mkdir "$place" && touch "$place/kept" ;;
device) ln -s /dev/zero "$place" ;;
circle) ln -s "$place" "$place" ;;
endless) truncate -s 900G "$place" ;;
esac
[ "$1" = stop ] && sleep 1000
echo loss=0.5
[ "$3" = stay ] && : > "$FAULTS_WITNESS.$2" && exec sleep 1000
exit 0
