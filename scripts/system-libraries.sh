#!/bin/sh
# Installs the system libraries that the build links against, when they are missing (Debian, Ubuntu).
set -eu
missing=
for pair in sqlite3.h:libsqlite3-dev pcre2.h:libpcre2-dev libxml2/libxml/parser.h:libxml2-dev zlib.h:zlib1g-dev; do
    header=${pair%%:*}
    package=${pair#*:}
    [ -e "/usr/include/$header" ] || missing="$missing $package"
done
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
command -v python3 >/dev/null 2>&1 || missing="$missing python3"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "these system packages are needed:$missing" >&2
    echo "install them with your package manager and run make again" >&2
    exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq $missing >/dev/null
