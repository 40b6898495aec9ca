# swap.sh PLACE KIND [stay]: puts something else in the place of one of the trial's files, then prints its loss.
sh "$(dirname "$0")/put-in-place.sh" "$1" "$2" "$PWD/results/$1-$2"
[ "$1" = stop ] && sleep 1000
echo loss=0.5
[ "$3" = stay ] && : > "$FAULTS_WITNESS.$2" && exec sleep 1000
exit 0
