echo "step 1 loss=$1"
kill -SEGV $$
