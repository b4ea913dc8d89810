# Asterisk from a Debian archive into a folder of our cache; sourced by setup.sh.
#
# Nothing of this machine is changed and nobody has to be root: apt runs on a state of its own, the packages are only
# unpacked, and the program runs on the libraries unpacked with it. The mirror is the one this machine's apt uses, and
# apt checks the archive's signature as always.

OLDEST_SUITE=bullseye
SUITE_WITH_ASTERISK=sid
LISTS_ARE_OLD="the mirror may be behind, its signature is checked all the same"

cache_folder() { # root's home is closed to the user that Asterisk runs as
  if [ -n "${CAREFLOW_CACHE:-}" ]; then printf '%s' "$CAREFLOW_CACHE"
  elif [ "$(id -u)" = 0 ]; then printf '/var/cache/careflow-pstn'
  else printf '%s/careflow-pstn' "${XDG_CACHE_HOME:-$HOME/.cache}"; fi
}

architecture() { dpkg --print-architecture 2> /dev/null || uname -m; }

usable() { [ -x "$1/usr/sbin/asterisk" ] && [ -s "$1/.version" ]; }

present_asterisk() { # prints the home to use, nothing when there is none
  if [ -n "${CAREFLOW_ASTERISK_HOME:-}" ]; then
    [ -x "$CAREFLOW_ASTERISK_HOME/usr/sbin/asterisk" ] || fail 2 "CAREFLOW_ASTERISK_HOME=$CAREFLOW_ASTERISK_HOME holds no usr/sbin/asterisk"
    printf '%s' "$CAREFLOW_ASTERISK_HOME"
    return
  fi
  local home modules
  for modules in /usr/lib/asterisk/modules /usr/lib/*/asterisk/modules; do
    if [ -x /usr/sbin/asterisk ] && [ -e "$modules/res_ari.so" ] && [ -e "$modules/chan_pjsip.so" ]; then printf '/'; return; fi
  done
  for home in "$(cache_folder)"/asterisk-*-"$(architecture)"; do
    case $home in */asterisk-"$OLDEST_SUITE"-*) continue ;; esac
    if usable "$home"; then printf '%s' "$home"; return; fi
  done
}

present_oldest_asterisk() {
  local home=${CAREFLOW_ASTERISK_OLDEST_HOME:-$(cache_folder)/asterisk-$OLDEST_SUITE-$(architecture)}
  if usable "$home"; then printf '%s' "$home"; fi
}

fetch_asterisk() { with_lock fetch distribution; }
fetch_oldest_asterisk() { with_lock fetch "$OLDEST_SUITE"; }

with_lock() {
  have_apt || fail 4 "this system has no apt. Please install Asterisk 16 or newer, or set CAREFLOW_ASTERISK_HOME."
  local cache lock
  cache=$(cache_folder)
  mkdir -p "$cache" || fail 5 "cannot write to $cache; CAREFLOW_CACHE names another folder"
  exec {lock}> "$cache/.lock" || fail 5 "cannot write to $cache; CAREFLOW_CACHE names another folder"
  if ! flock -n "$lock"; then
    say "Waiting for another set-up that uses $cache ..."
    flock "$lock"
  fi
  "$@"
  exec {lock}>&-
}

fetch() { # $1: "distribution" for whatever this system offers (else sid), or a Debian suite
  local suite=$1 cache work
  cache=$(cache_folder)
  if [ "$suite" = distribution ]; then
    [ -z "$(present_asterisk)" ] || return 0
  else
    [ -z "$(present_oldest_asterisk)" ] || return 0
  fi
  rm -rf "$cache"/tmp.*   # left by a set-up that was killed: the lock is ours
  work=$(mktemp -d "$cache/tmp.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  say "Fetching Asterisk (about 100 MB) into $cache ..."
  private_apt "$work" /etc/apt/sources.list /etc/apt/sources.list.d
  apt-get -qq update > "$work/log" 2>&1 || true
  if [ "$suite" = distribution ] && candidate asterisk; then
    suite=$(. /etc/os-release; printf '%s' "${VERSION_CODENAME:-${ID:-system}}")
  else
    [ "$suite" != distribution ] || suite=$SUITE_WITH_ASTERISK
    other_suite "$work" "$suite"
  fi
  unpack "$work" "$suite" "$cache/asterisk-$suite-$(architecture)"
  unset APT_CONFIG
  rm -rf "$work"
  trap - EXIT
}

other_suite() { # $1: apt's folder, $2: a Debian suite, from the mirror that this machine's apt uses
  local work=$1 suite=$2 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=${CAREFLOW_DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' \
    | awk '$2 == "Debian" && $3 == "Debian" && !seen++ { print $1 }')}
  [ -n "$mirror" ] || fail_fetch "$work" "the apt of this machine knows no Debian mirror; set CAREFLOW_DEBIAN_MIRROR, or CAREFLOW_ASTERISK_HOME to an Asterisk you have"
  [ -r "$keyring" ] || fail_fetch "$work" "$keyring is missing (package debian-archive-keyring)"
  echo "deb [signed-by=$keyring] $mirror $suite main" > "$work/sources.list"
  private_apt "$work" "$work/sources.list" "$work/none"
  apt-get -qq update > "$work/log" 2>&1 || fail_fetch "$work" "apt-get update of $suite failed"
}

fail_fetch() { local work=$1; shift; tail -n 10 "$work/log" >&2 || true; fail 5 "no ${fetching:-Asterisk}: $*"; }

private_apt() { # $1: folder for its state, $2 and $3: sources; from here on apt knows of nothing that is installed
  local work=$1
  mkdir -p "$work"/{parts,none,state/lists/partial,cache/archives/partial,logs}
  : > "$work/state/status"
  unset APT_CONFIG
  # How this machine reaches its mirrors (proxies, certificates), without its hooks.
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::\(Check-Valid-Until\|Languages\)' > "$work/parts/acquire" || true
  cat > "$work/apt.conf" <<CONF
Dir::Etc::main "$work/none/apt.conf";
Dir::Etc::parts "$work/parts";
Dir::Etc::preferences "$work/none/preferences";
Dir::Etc::preferencesparts "$work/none";
Dir::Etc::sourcelist "$2";
Dir::Etc::sourceparts "$3";
Dir::State "$work/state";
Dir::State::status "$work/state/status";
Dir::Cache "$work/cache";
Dir::Log "$work/logs";
APT::Architecture "$(architecture)";
APT::Architectures "$(architecture)";
APT::Install-Recommends "false";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false"; // $LISTS_ARE_OLD
CONF
  export APT_CONFIG=$work/apt.conf
}

unpack() { # $1: apt's folder, $2: suite, $3: where to; all or nothing
  local work=$1 suite=$2 home=$3 tree=$1/tree deb library
  apt-get -qq -y --download-only install asterisk asterisk-modules asterisk-config > "$work/log" 2>&1 \
    || fail_fetch "$work" "the packages of $suite could not be downloaded"
  mkdir "$tree"
  for deb in "$work"/cache/archives/*.deb; do
    case ${deb##*/} in perl* | libperl* | gnupg* | gpg* | dirmngr* | tzdata_* | libicu-dev_*) continue ;; esac
    dpkg-deb -x "$deb" "$tree" >> "$work/log" 2>&1 || fail_fetch "$work" "${deb##*/} could not be unpacked"
    rm "$deb"
  done
  # Suites from before the merge of /lib into /usr/lib.
  if [ -d "$tree/lib" ] && [ ! -L "$tree/lib" ]; then cp -a "$tree/lib/." "$tree/usr/lib/"; fi
  # The program, its libraries and its data; nothing else, and nobody becomes root by it.
  mkdir -p "$work/home/usr/sbin" "$work/home/usr/share"
  mv "$tree/usr/sbin/asterisk" "$work/home/usr/sbin/"
  mv "$tree/usr/lib" "$work/home/usr/lib"
  mv "$tree/usr/share/asterisk" "$work/home/usr/share/asterisk"
  rm -rf "$work"/home/usr/lib/*/{perl,perl-base,gconv}
  find "$work/home" -type f -perm /6000 -exec chmod a-s {} +
  chmod -R u+rwX,go+rX "$work/home"
  own_loader "$work" asterisk "$suite"
  "$work/home/ld.so" --library-path "$work/home/$library:$work/home/usr/lib" "$work/home/usr/sbin/asterisk" -V \
    > "$work/home/.version" 2>> "$work/log" || fail_fetch "$work" "the Asterisk of $suite does not run here"
  rm -rf "$home"
  mv "$work/home" "$home"
  say "$(cat "$home/.version") is ready in $home"
}

own_loader() { # $1: apt's folder, $2: program, $3: suite; sets library, and makes home/ld.so run the program on the libraries there
  local loader home=$1/home
  # The program names the loader it was linked for; libc lies where all libraries of this architecture do.
  loader=$(grep -aoE '/lib[0-9a-z]*/ld[-A-Za-z0-9_.]*' "$home/usr/sbin/$2")
  loader=${loader%%$'\n'*}
  library=$(cd "$home" && find usr/lib -name libc.so.6 -print -quit)
  library=${library%/*}
  loader=$(cd "$home" && find "$library" usr/lib -maxdepth 1 -name "${loader##*/}" -print -quit)
  [ -n "$library" ] && [ -n "$loader" ] || fail_fetch "$1" "the packages of $3 hold no loader for $(architecture)"
  [ -e "$home/$loader" ] || fail_fetch "$1" "$loader points nowhere"
  ln -s "$loader" "$home/ld.so"
}
