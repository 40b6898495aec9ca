# Writes until there is no more room, and does not clean up; unless it finds a file that says enough.
echo "step 1 loss=$1"
[ -e enough ] || dd if=/dev/zero of=checkpoint.bin bs=64k || exit 1
