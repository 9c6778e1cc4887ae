#!/bin/sh
# fresh_root.sh FOLDER [MIRROR]: the two commands on a machine that has nothing. Makes a minimal
# Debian root with git in FOLDER (kept and used again when it is there), clones this repository
# into it and runs ./quickstart and ./quickstart check. Needs root, debootstrap and the network;
# it is not part of make check.
set -eu
root=${1:?usage: fresh_root.sh FOLDER [MIRROR]}
mirror=${2:-http://deb.debian.org/debian}
source=$(cd "$(dirname "$0")/../.." && pwd)

mounted() {
	grep -q " $root/$1 " /proc/mounts
}

leave() {
	for name in dev/pts dev proc; do
		if mounted "$name"; then umount -l "$root/$name"; fi
	done
}

inside() {
	chroot "$root" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		sh -c "cd /root/clv && $1"
}

[ -x "$root/usr/bin/git" ] || debootstrap --variant=minbase --include=git bookworm "$root" "$mirror"
root=$(cd "$root" && pwd)
trap leave EXIT
mounted proc || mount -t proc proc "$root/proc"
mounted dev || mount --bind /dev "$root/dev"
mounted dev/pts || mount --bind /dev/pts "$root/dev/pts"
rm -rf "$root/root/clv"
git clone -q --no-hardlinks "$source" "$root/root/clv"

echo "==> ./quickstart </dev/null"
inside './quickstart </dev/null'
echo "==> ./quickstart check"
inside './quickstart check'
