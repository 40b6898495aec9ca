# Never ends and listens to no signal that it may ignore; nor does its child.
trap '' TERM INT HUP QUIT
(while :; do sleep 1; done) &
echo "step 1 loss=$1"
while :; do sleep 1; done
