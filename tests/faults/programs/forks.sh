# Leaves children behind, one of which holds the output open.
sleep 1000 &
sleep 1000 >/dev/null 2>&1 &
(sleep 1000 & sleep 1000 &)
echo "loss=$1"
