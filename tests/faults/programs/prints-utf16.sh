# As a program on another system does whose output was redirected there.
printf 'epoch 1\nloss=%s\nepoch 2\nloss=%s\n' "$1" "$1" | iconv -f utf-8 -t utf-16le
