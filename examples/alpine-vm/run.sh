#!/bin/bash
# A machine of Alpine's root file system, with Debian's kernel.
#
#   ALPINE_ROOTFS=alpine-minirootfs-3.22.1-x86_64.tar.gz ./run.sh
#
# Without ALPINE_ROOTFS it takes a stand-in: busybox, and the inittab that Alpine's images have.
. "$(dirname "$0")/../lib.sh"
kernel_cache

if [ -n "${ALPINE_ROOTFS:-}" ]; then
  say "Alpine's root file system"
  cp "$ALPINE_ROOTFS" rootfs.tar
else
  say "No Alpine here: a stand-in with Alpine's init and its inittab"
  mkdir -p root/bin root/sbin root/etc
  cp /bin/busybox root/bin/busybox
  for applet in sh ls mount getty login; do ln -s /bin/busybox root/bin/$applet; done
  ln -s /bin/busybox root/sbin/init
  echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
  printf '::sysinit:/sbin/openrc sysinit\n::wait:/sbin/openrc default\ntty1::respawn:/sbin/getty 38400 tty1\n' >root/etc/inittab
  tar -C root -cf rootfs.tar .
  rm -r root
fi
cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -q -t alpine .'

say "Its inittab asks for OpenRC, which is not in the image: the machine gets a start of its own"
show 'cooper disk -q alpine --kernel debian -o alpine.img'
show 'cooper boot -q --snapshot --timeout 300 --check "alpine is up" alpine.img'
