#!/bin/bash
# A small Debian: the kernel for virtual machines, the image's command as a service, a disk that grows.
. "$(dirname "$0")/../lib.sh"

say "A Debian base image"
debian_image

say "Debian's kernel for virtual machines has only their drivers"
cp "$example/Dockerfile" .
show 'cat Dockerfile'
show 'cooper build -q -t debian-cloud .'

say "What an image runs becomes a service of its machine"
cat >Dockerfile <<'END'
FROM debian-cloud
ENV GREETING=Hello
ENTRYPOINT ["sh", "-c", "echo $GREETING from a disk of $(df -h --output=size / | tail -n 1)"]
END
show 'cat Dockerfile'
show 'cooper build -q -t service .'

say "The disk is just large enough; the machine takes what it is given later"
show 'cooper disk -q service -o service.qcow2'
show 'qemu-img resize -q service.qcow2 8G'
show 'cooper boot -q -m 1G --cpus 2 --timeout 600 --check "Hello from a disk of 7.9G" service.qcow2'
