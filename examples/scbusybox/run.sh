#!/bin/bash
# A container that does not start, why, and what cures it.
. "$(dirname "$0")/../lib.sh"

say "A base image named busybox, made from this machine's busybox"
show 'cooper base busybox -t busybox'

say "A context with a script that lacks its executable bit"
show 'echo hello world >hello.txt'
printf '#!/bin/sh\nwhile true; do echo "hello $*"; sleep 1; done\n' >while.sh
cp "$example/Dockerfile" .
chmod 644 while.sh Dockerfile
show 'cat while.sh Dockerfile; ls -l while.sh | cut -c1-10'

say "1.0 builds, and does not start"
show 'cooper build -t scbusybox:1.0 .'
show 'cooper run -d --name first scbusybox:1.0'
show 'cooper rm first'

say "chmod on the host changes nothing in an image that is already built"
show 'chmod +x while.sh'
show 'cooper run -d --name second scbusybox:1.0'
show 'cooper rm second'

say "After a rebuild it runs"
show 'cooper build -q -t scbusybox:1.1 .'
show 'cooper run -itd --name third scbusybox:1.1'
show "cooper ps --format '{{.Image}} {{.Command}} {{.Names}}'"
show 'sleep 1; cooper logs third | head -n 1'
show 'cooper rm -f third'

say "CMD gives ENTRYPOINT its arguments"
show "printf 'FROM scbusybox:1.1\nCMD [\"from\", \"CMD\"]\n' | cooper build -q -t scbusybox:1.2 -f - ."
show 'cooper run -d --name fourth scbusybox:1.2'
show 'sleep 1; cooper logs fourth | head -n 1'
show 'cooper run -d --name fifth scbusybox:1.2 from the command line'
show 'sleep 1; cooper logs fifth | head -n 1'
show 'cooper rm -f fourth fifth'
