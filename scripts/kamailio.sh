# Kamailio from the distribution's archive into a folder of our cache, as asterisk.sh does it; sourced by setup.sh after it.
#
# Nothing is installed, so no service of the distribution is ever started, and nobody has to be root.

KAMAILIO_PACKAGES="kamailio kamailio-postgres-modules kamailio-websocket-modules kamailio-tls-modules"
SUITE_WITH_KAMAILIO=bookworm

usable_kamailio() { [ -x "$1/usr/sbin/kamailio" ] && [ -s "$1/.version" ]; }

present_kamailio() { # prints the home to use, nothing when there is none
  if [ -n "${CAREFLOW_KAMAILIO_HOME:-}" ]; then
    [ -x "$CAREFLOW_KAMAILIO_HOME/usr/sbin/kamailio" ] || fail 2 "CAREFLOW_KAMAILIO_HOME=$CAREFLOW_KAMAILIO_HOME holds no usr/sbin/kamailio"
    printf '%s' "$CAREFLOW_KAMAILIO_HOME"
    return
  fi
  local home modules
  for modules in /usr/lib/*/kamailio/modules /usr/lib/kamailio/modules; do
    if [ -x /usr/sbin/kamailio ] && [ -e "$modules/websocket.so" ] && [ -e "$modules/db_postgres.so" ] \
      && [ -e "$modules/tls.so" ]; then printf '/'; return; fi
  done
  for home in "$(cache_folder)"/kamailio-*-"$(architecture)"; do
    if usable_kamailio "$home"; then printf '%s' "$home"; return; fi
  done
}

fetch_kamailio() { fetching=Kamailio with_lock kamailio_packages; }

kamailio_packages() {
  [ -z "$(present_kamailio)" ] || return 0
  local cache work suite
  cache=$(cache_folder)
  rm -rf "$cache"/tmp.*   # left by a set-up that was killed: the lock is ours
  work=$(mktemp -d "$cache/tmp.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  say "Fetching Kamailio (about 50 MB) into $cache ..."
  private_apt "$work" /etc/apt/sources.list /etc/apt/sources.list.d
  apt-get -qq update > "$work/log" 2>&1 || true
  if candidate kamailio-websocket-modules; then
    suite=$(. /etc/os-release; printf '%s' "${VERSION_CODENAME:-${ID:-system}}")
  else
    suite=$SUITE_WITH_KAMAILIO
    other_suite "$work" "$suite"
  fi
  unpack_kamailio "$work" "$suite" "$cache/kamailio-$suite-$(architecture)"
  unset APT_CONFIG
  rm -rf "$work"
  trap - EXIT
}

unpack_kamailio() { # $1: apt's folder, $2: suite, $3: where to; all or nothing
  local work=$1 suite=$2 home=$3 tree=$1/tree deb library
  # shellcheck disable=SC2086
  apt-get -qq -y --download-only install $KAMAILIO_PACKAGES > "$work/log" 2>&1 \
    || fail_fetch "$work" "the packages of $suite could not be downloaded"
  mkdir "$tree"
  for deb in "$work"/cache/archives/*.deb; do
    case ${deb##*/} in perl* | libperl* | *python3* | postgresql* | systemd* | usrmerge* | tar_* | dpkg_* | passwd_*) continue ;; esac
    dpkg-deb -x "$deb" "$tree" >> "$work/log" 2>&1 || fail_fetch "$work" "${deb##*/} could not be unpacked"
    rm "$deb"
  done
  # Suites from before the merge of /lib into /usr/lib.
  if [ -d "$tree/lib" ] && [ ! -L "$tree/lib" ]; then cp -a "$tree/lib/." "$tree/usr/lib/"; fi
  mkdir -p "$work/home/usr/sbin"
  mv "$tree/usr/sbin/kamailio" "$tree/usr/sbin/kamcmd" "$work/home/usr/sbin/"
  mv "$tree/usr/lib" "$work/home/usr/lib"
  rm -rf "$work"/home/usr/lib/*/{perl,perl-base,gconv} "$work"/home/usr/lib/{systemd,init,lsb,mime,tmpfiles.d,binfmt.d,valgrind}
  find "$work/home" -type f -perm /6000 -exec chmod a-s {} +
  chmod -R u+rwX,go+rX "$work/home"
  own_loader "$work" kamailio "$suite"
  "$work/home/ld.so" --library-path "$work/home/$library:$work/home/usr/lib" "$work/home/usr/sbin/kamailio" -v \
    > "$work/home/.version" 2>> "$work/log" || fail_fetch "$work" "the Kamailio of $suite does not run here"
  rm -rf "$home"
  mv "$work/home" "$home"
  say "$(head -n 1 "$home/.version") is ready in $home"
}
