#!/bin/bash
# A distribution's root file system becomes an image; the kernel stays the host's.
. "$(dirname "$0")/../lib.sh"

say "Debian's root file system, by cooper base debian, as rootfs.tar.xz"
tar=$(debian_rootfs)
xz -T0 -0 -c "$tar" >rootfs.tar.xz

cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -t rootfs .'
show "cooper run --rm rootfs sh -c '. /etc/os-release; echo \$PRETTY_NAME'"

say "rootfs is in the image, bootfs (the kernel) is not: it is the host's"
show '[ "$(cooper run --rm rootfs uname -r)" = "$(uname -r)" ] && echo the same kernel'
show 'cooper run --rm rootfs ls /boot'

say "Owners, modes and links are as in the archive"
show "cooper run --rm rootfs stat -c '%A %U:%G %n' /etc/shadow /tmp /usr/bin/passwd /bin"

say "As in the official image: packages start no services, and nothing that apt downloaded stays"
show 'cooper run --rm rootfs cat /usr/sbin/policy-rc.d'
show 'cooper run --rm rootfs ls -A /etc/apt/apt.conf.d /etc/apt/sources.list.d /var/lib/apt/lists/partial /dev/shm'
show "cooper run --rm rootfs sh -c 'apt-mark showmanual; find /var/log /var/cache/apt /var/lib/apt/lists -size +0 -type f | wc -l'"
