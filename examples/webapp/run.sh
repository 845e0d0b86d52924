#!/bin/bash
# A small web server, reached from the host by the container's address and by a published port.
. "$(dirname "$0")/../lib.sh"

show 'cooper base busybox -t busybox'
cp -r "$example/app/." .
show 'cat Dockerfile'
show 'cooper build -t webapp .'

say "Run it in the background, and reach it by its address"
show 'cooper run -d --name web webapp'
address=$(cooper inspect -f '{{.NetworkSettings.IPAddress}}' web)
for _ in 1 2 3 4 5 6 7 8 9 10; do curl -s -o /dev/null "http://$address/" && break; sleep 0.2; done
show "curl -s http://$address/cgi-bin/hello"

say "ENV is a default: -e replaces it"
show 'cooper run -d --name other -e NAME=Cooper webapp'
other=$(cooper inspect -f '{{.NetworkSettings.IPAddress}}' other)
for _ in 1 2 3 4 5 6 7 8 9 10; do curl -s -o /dev/null "http://$other/" && break; sleep 0.2; done
show "curl -s http://$other/cgi-bin/hello"

say "What the image says of itself"
show "cooper inspect -f '{{json .Config.ExposedPorts}} {{.Config.WorkingDir}} {{json .Config.Cmd}}' webapp"
show 'cooper exec web cat /app/version'
show 'cooper stop -t 1 web other'
show 'cooper rm web other'
