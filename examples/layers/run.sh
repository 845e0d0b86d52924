#!/bin/bash
# What a layer is: a set of changes. What a container adds: one more, of its own.
. "$(dirname "$0")/../lib.sh"

say "A Debian base image"
tar=$(debian_rootfs)
ln "$tar" rootfs.tar 2>/dev/null || cp "$tar" rootfs.tar
printf 'FROM scratch\nADD rootfs.tar /\nCMD ["/bin/bash"]\n' >Dockerfile
show 'cooper build -q -t debian . '
rm rootfs.tar

say "Five instructions on top of it"
cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -q -t layers .'
show 'cooper history --format "{{.Size}}\t{{.CreatedBy}}" layers | head -n 5'

say "The files that rm -rf removed are gone from the view, not from the layers below"
show "cooper run --rm layers ls /data"

say "A container writes into a layer of its own"
show 'cooper run --name one layers bash -c "echo one >/etc/hostname-of-mine; rm /etc/motd; touch /tmp/x"'
show 'cooper diff one'

say "Its sibling, and the image, do not see it"
show 'cooper run --name two layers cat /etc/motd'
show 'cooper diff two'
show 'cooper rm one two'
