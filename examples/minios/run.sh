#!/bin/bash
# A whole Linux root file system from one busybox binary, built FROM scratch.
. "$(dirname "$0")/../lib.sh"

say "The folders and links of a root file system"
show 'mkdir -p bin sbin etc dev proc sys tmp root usr/bin usr/sbin usr/lib usr/lib64 var/log var/run var/tmp'
show 'ln -s usr/lib lib; ln -s usr/lib64 lib64; chmod 1777 tmp var/tmp'

say "One static busybox, and a link for each of its applets"
show 'cp /bin/busybox bin/busybox'
show 'for applet in $(bin/busybox --list); do [ $applet = busybox ] || ln -s busybox bin/$applet; done'
show 'echo root:x:0:0:root:/root:/bin/sh >etc/passwd; echo root:x:0: >etc/group'

say "The Dockerfile"
cp "$example/Dockerfile" .
show 'cat Dockerfile'

say "Build it, and look at it"
show 'cooper build -t minios .'
show 'cooper images'
show 'cooper history minios'

say "Run it"
type_into 'cooper run --rm -it minios /bin/sh' 'ls -F /' 'ping -c 1 127.0.0.1' 'ls /Dockerfile' 'exit 7' || show "echo the shell ended with exit code $?"
show 'cooper run --rm minios sh -c "readlink lib; readlink lib64; ls -ld tmp | cut -c1-10"'

say "Build it again: nothing is left to do"
show 'cooper build -t minios .'
