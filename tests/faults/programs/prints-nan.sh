echo "step 1 loss=$1"
echo "step 2 loss=nan"
