#!/usr/bin/env bash
# Gets ready what demo, verify, bench and pstn need: a JDK, Maven, SIPp, espeak-ng, an Asterisk and a Kamailio of our own.
#
#   eval "$(scripts/setup.sh)"                     install what is missing, then print the settings to use it
#   scripts/setup.sh --with-oldest-asterisk        also the oldest Asterisk that is supported (for verify)
#   scripts/setup.sh --java-only                   only a JDK and Maven (for pstn)
#   scripts/setup.sh --no-install                  only list what is missing; changes nothing
#
# Settings go to standard output, everything else to standard error.
# Exit status: 0 ready, 1 something is missing (--no-install), 2 usage, 3 packages to install by hand (not root),
# 4 a system we know no packages for, 5 a download or an installation failed.
set -euo pipefail
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
install=yes
oldest=no
java_only=no
for argument in "$@"; do
  case $argument in
    --no-install) install=no ;;
    --with-oldest-asterisk) oldest=yes ;;
    --java-only) java_only=yes ;;
    -h | --help) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "unknown option $argument; see --help" >&2; exit 2 ;;
  esac
done

say() { printf '%s\n' "$*" >&2; }
fail() { local status=$1; shift; say "setup: $*"; exit "$status"; }

# shellcheck source=scripts/asterisk.sh
. "$here/asterisk.sh"
# shellcheck source=scripts/kamailio.sh
. "$here/kamailio.sh"

# ---- programs

jdk_version() { # $1: JDK home; prints its major version, nothing when it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  local line
  while read -r line; do
    case $line in JAVA_VERSION=*) line=${line#*\"}; line=${line%%\"*}; printf '%s' "${line%%[.+-]*}" ;; esac
  done < "$1/release"
}

find_jdk() { # the JDK that is asked for or first in the path, else the oldest one that is new enough
  local home version javac best=''
  if [ -n "${JAVA_HOME:-}" ]; then
    version=$(jdk_version "$JAVA_HOME")
    [ "${version:-0}" -ge 17 ] && { printf '%s' "$JAVA_HOME"; return; }
  fi
  if javac=$(command -v javac); then
    home=$(readlink -f "$javac"); home=${home%/bin/javac}
    version=$(jdk_version "$home")
    [ "${version:-0}" -ge 17 ] && { printf '%s' "$home"; return; }
  fi
  for home in /usr/lib/jvm/*; do
    [ -L "$home" ] && continue
    version=$(jdk_version "$home")
    [ "${version:-0}" -ge 17 ] || continue
    [ -z "$best" ] || [ "$version" -lt "$(jdk_version "$best")" ] && best=$home
  done
  printf '%s' "$best"
}

missing_packages() { # Debian names of what is not here
  [ -n "$(find_jdk)" ] || echo jdk
  command -v mvn > /dev/null || echo maven
  [ "$java_only" = no ] || return 0
  command -v sipp > /dev/null || echo sip-tester
  command -v espeak-ng > /dev/null || echo espeak-ng
}

candidate() { # $1: package; true when apt could install it
  case $(apt-cache policy "$1" 2> /dev/null) in *'Candidate: ('*) return 1 ;; *'Candidate: '*) return 0 ;; *) return 1 ;; esac
}

resolve_jdk() { # 17 where there is one, else what the distribution prefers
  if candidate openjdk-17-jdk-headless; then echo openjdk-17-jdk-headless; else echo default-jdk-headless; fi
}

have_apt() { command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null; }

install_packages() {
  local missing packages log
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  have_apt || [ "$java_only" = no ] || fail 4 "this system has no apt. Please install a JDK 17 or newer and Maven 3.6.3 or newer."
  have_apt || fail 4 "this system has no apt. Please install: a JDK 17 or newer, Maven 3.6.3 or newer, SIPp 3.6 or newer, espeak-ng, Asterisk 16 or newer and Kamailio 5.6 or newer."
  if [ "$(id -u)" != 0 ]; then
    fail 3 "please run this once, then start again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(packages_of "$missing")"
  fi
  log=$(mktemp)
  say "Installing with apt: ${missing//$'\n'/ } (a few minutes at most) ..."
  { [ "$java_only" = yes ] || candidate sip-tester; } && candidate maven || apt-get -qq update > "$log" 2>&1 || true
  packages=$(packages_of "$missing")
  # shellcheck disable=SC2086
  if ! DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $packages >> "$log" 2>&1; then
    # The list of packages may be older than the mirror.
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $packages; } \
      >> "$log" 2>&1 || { tail -n 15 "$log" >&2; fail 5 "apt-get could not install $packages; all of its output is in $log"; }
  fi
  rm -f "$log"
}

packages_of() { # $1: what is missing; prints the names to give to apt
  local name names=''
  for name in $1; do
    [ "$name" = jdk ] && name=$(resolve_jdk)
    names="$names $name"
  done
  printf '%s' "${names# }"
}

# ---- main

if [ "$install" = no ]; then
  missing=$(missing_packages)
  [ "$java_only" = yes ] || [ -n "$(present_asterisk)" ] || missing="$missing asterisk"
  [ "$java_only" = yes ] || [ -n "$(present_kamailio)" ] || missing="$missing kamailio"
  if [ "$oldest" = yes ] && [ -z "$(present_oldest_asterisk)" ]; then missing="$missing oldest-asterisk"; fi
  missing=$(echo $missing)
  if [ -z "$missing" ]; then echo "nothing is missing"; exit 0; fi
  echo "missing: $missing"
  exit 1
fi

install_packages
printf 'export JAVA_HOME=%q\n' "$(find_jdk)"
[ "$java_only" = no ] || exit 0
home=$(present_asterisk)
if [ -z "$home" ]; then
  fetch_asterisk
  home=$(present_asterisk)
fi
printf 'export CAREFLOW_ASTERISK_HOME=%q\n' "$home"
home=$(present_kamailio)
if [ -z "$home" ]; then
  fetch_kamailio
  home=$(present_kamailio)
fi
printf 'export CAREFLOW_KAMAILIO_HOME=%q\n' "$home"
if [ "$oldest" = yes ]; then
  if [ -z "$(present_oldest_asterisk)" ]; then
    (fetch_oldest_asterisk) || say "setup: going on without the oldest Asterisk; its tests are skipped."
  fi
  printf 'export CAREFLOW_ASTERISK_OLDEST_HOME=%q\n' "$(present_oldest_asterisk)"
fi
