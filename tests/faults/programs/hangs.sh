# Waits for something that never comes, before its first line.
exec sleep 1000
