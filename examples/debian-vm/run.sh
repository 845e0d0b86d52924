#!/bin/bash
# A Debian with its own kernel and systemd: from a Dockerfile to the login prompt.
. "$(dirname "$0")/../lib.sh"

say "A Debian base image"
debian_image

say "A kernel, an init and a password, as on any machine"
cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -q -t debian-vm .'

say "A disk: no root, no mount, no loop device"
show 'cooper disk -q debian-vm -o debian.img'
show 'sfdisk -lqo Device,Type debian.img'

say "To the login prompt, from BIOS and from UEFI"
show 'cooper boot -q --snapshot -m 1G --cpus 2 --timeout 600 --check "debian-vm login:" debian.img'
show 'cooper boot -q --snapshot -m 1G --cpus 2 --timeout 600 --check "debian-vm login:" --firmware uefi debian.img'

say "The same for VirtualBox, VMware and Hyper-V"
show 'cooper disk -q debian-vm -o debian.vdi; cooper disk -q debian-vm -o debian.vmdk; cooper disk -q debian-vm -o debian.vhdx'
show 'ls debian.*'
