#!/bin/bash
# One busybox and a kernel: a machine of about 20 MB, which starts from BIOS and from UEFI.
. "$(dirname "$0")/../lib.sh"
kernel_cache

say "A root file system of one binary, whose init is busybox's too"
show 'mkdir -p bin sbin etc; cp /bin/busybox bin/busybox'
show 'for applet in $(bin/busybox --list); do [ $applet = busybox ] || ln -s busybox bin/$applet; done'
show 'ln -s ../bin/busybox sbin/init'
show 'echo root:x:0:0:root:/root:/bin/sh >etc/passwd; echo root:x:0: >etc/group'
cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -q -t minios .'

say "There is no kernel in it"
show 'cooper disk minios -o minios.img'

say "Debian's can be put in, with the few drivers that a machine needs"
show 'cooper disk -q minios --kernel debian -o minios.img'
show 'sfdisk -lqo Device,Size,Type minios.img'

say "Compressed it has less than 20 MB"
show 'cooper disk -q minios --kernel debian --compress -o minios.qcow2'
show 'find . -name minios.qcow2 -size -20M'

say "It starts from BIOS and from UEFI"
show 'cooper boot -q --snapshot --timeout 300 --check "minios is up" minios.img'
show 'cooper boot -q --snapshot --timeout 300 --check "minios is up" --firmware uefi minios.img'

say "Without an init, the image's command is all that the machine does; its exit code is the machine's"
rm -r bin sbin etc
cat >Dockerfile <<'END'
FROM minios
RUN rm /sbin/init
ENTRYPOINT ["sh", "-c", "echo Hello from $(hostname); exit 3"]
END
show 'cat Dockerfile'
show 'cooper build -q -t task .'
show 'cooper boot --kernel debian task </dev/null >console.txt'
show "grep -aE '^(Hello|The command)' console.txt"
