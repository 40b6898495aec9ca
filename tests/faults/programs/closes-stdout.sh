# Closes its outputs before the metric, and goes on as if nothing were.
exec >&- 2>&-
sleep 0.1
echo "loss=$1" || true
exit 0
