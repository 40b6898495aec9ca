head -c 300000 /dev/urandom
