# Sourced by every walk-through: a state folder and a work folder of its own, both removed at the
# end whatever happens, and `show`, which prints a command as a user would type it and runs it.
set -eu
example=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd -P)
examples=$(dirname "$example")
work=$(mktemp -d "${TMPDIR:-/tmp}/cooper-example.XXXXXX")
export COOPER_ROOT=$work/state
PATH=$(dirname "$examples"):$PATH

clean_up() {
  # Containers first: their mounts lie under the state folder.
  local left
  left=$(cooper ps -aq 2>/dev/null || true)
  [ -z "$left" ] || cooper rm -f $left >/dev/null 2>&1 || true
  cd /
  rm -rf "$work"
}
trap clean_up EXIT
mkdir -p "$work/context"
cd "$work/context"

# Prints a command and what it prints. An exit code other than 0 is shown, not fatal.
show() {
  echo "\$ $*"
  local status=0
  eval "$*" 2>&1 || status=$?
  [ $status -eq 0 ] || echo "(exit code $status)"
}

say() {
  echo
  echo "# $*"
}

# Types lines into an interactive command on a real terminal and prints the screen's text.
# usage: type_into 'command' 'line' 'line' …
type_into() {
  local command=$1
  shift
  echo "\$ $command"
  python3 "$examples/terminal.py" "$command" "$@"
}

# The root file system of a small Debian as a tar: made once as a base image, built upon by its name
# without any registry, and kept.
debian_rootfs() {
  local cache=$(dirname "$examples")/build/examples
  mkdir -p "$cache"
  (
    flock 8
    if [ ! -f "$cache/debian.tar" ]; then
      export COOPER_ROOT=$work/debian
      { cooper base debian bookworm &&
        echo FROM debian:bookworm | cooper build -o "type=tar,dest=$cache/debian.tar.new" -; } \
        >"$cache/debian.log" 2>&1 || { tail -n 5 "$cache/debian.log" >&2; exit 1; }
      rm -rf "$COOPER_ROOT"
      mv "$cache/debian.tar.new" "$cache/debian.tar"
    fi
  ) 8>"$cache/.lock"
  echo "$cache/debian.tar"
}

# Debian's kernel for machines is downloaded once for all walk-throughs, not for each state folder.
kernel_cache() {
  local cache=$(dirname "$examples")/build/examples/disk
  cooper images -q # makes the state folder
  mkdir -p "$cache" "$COOPER_ROOT/cache"
  ln -sfn "$cache" "$COOPER_ROOT/cache/disk"
}

# A base image "debian" of that root file system.
debian_image() {
  local tar
  tar=$(debian_rootfs)
  ln "$tar" rootfs.tar 2>/dev/null || cp "$tar" rootfs.tar
  printf 'FROM scratch\nADD rootfs.tar /\nCMD ["/bin/bash"]\n' >Dockerfile
  show 'cooper build -q -t debian .'
  rm rootfs.tar Dockerfile
}
