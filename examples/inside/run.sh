#!/bin/bash
# What is in an image, which step brought it, and what will not work.
. "$(dirname "$0")/../lib.sh"

say "An image as they often are"
mkdir app
printf '#!/bin/sh\r\necho started\r\n' >app/start.sh
printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nnot a real one\n-----END OPENSSH PRIVATE KEY-----\n' >app/deploy.key
head -c 600000 /dev/zero >app/measurements
cp "$example/Dockerfile" .
show 'cat Dockerfile'
cooper base busybox -q -t busybox >/dev/null
show 'cooper build -q -t inside:1 .'

say "What each layer did, and what is carried along though nothing shows it"
show 'cooper layers inside:1'
show 'cooper layers --layer 4 --changes inside:1'

say "Where is a file from?"
show 'cooper where inside:1 /srv/start.sh'
show 'cooper where inside:1 /srv/deploy.key'

say "What will not work, and why"
show 'cooper doctor inside:1'

say "Mended: Unix line ends, the exec form, and nothing copied that has to be removed again"
sed -i 's/\r$//' app/start.sh
chmod 755 app/start.sh
rm app/deploy.key app/measurements
printf 'FROM busybox\nCOPY app /srv\nENTRYPOINT ["/srv/start.sh"]\n' >Dockerfile
show 'cat Dockerfile'
show 'cooper build -q -t inside:2 .'
show 'cooper doctor inside:2'
show 'cooper diff inside:1 inside:2'
show 'cooper run --rm inside:2'

say "For a build server: fail when too much is wasted"
show 'cooper layers --ci inside:1'
show 'cooper layers --ci inside:2'

say "The same in a browser: one page that loads nothing"
show 'cooper layers --html inside.html inside:1'
show 'ls inside.html'
