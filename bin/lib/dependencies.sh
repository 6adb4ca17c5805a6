# Installs the dependencies when they changed. Sourced, not run; needs
# say.sh, node.sh and $root.

dependencies_stamp=$root/node_modules/.installed-from

ensure_dependencies() {
  wanted=$(dependencies_fingerprint)
  if [ "$(cat "$dependencies_stamp" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  # Yarn has a variable of its own for the registry; npm's is the known one.
  if [ -n "${npm_config_registry:-}" ] && [ -z "${YARN_NPM_REGISTRY_SERVER:-}" ]; then
    YARN_NPM_REGISTRY_SERVER=$npm_config_registry
    export YARN_NPM_REGISTRY_SERVER
    case $npm_config_registry in
    http://*)
      # npm accepts plain http; what arrives is checked against the lockfile.
      YARN_UNSAFE_HTTP_WHITELIST=$(printf '%s' "$npm_config_registry" | sed 's#^http://\([^/:]*\).*#\1#')
      export YARN_UNSAFE_HTTP_WHITELIST
      ;;
    esac
  fi
  say "Installing dependencies (a few minutes the first time) …"
  install_log=$root/.tools/install.log
  rm -f "$install_log.status"
  # A pipe hides the status of its first command, so it is kept in a file.
  {
    install_status=0
    (cd "$root" && "$NODE" .yarn/releases/yarn-*.cjs install --immutable) </dev/null 2>&1 ||
      install_status=$?
    echo "$install_status" >"$install_log.status"
  } | tee "$install_log" | grep -v 'YN0002\|YN0060\|YN0086' || true
  if [ "$(cat "$install_log.status" 2>/dev/null)" != 0 ]; then
    dependencies_failed
  fi
  printf '%s\n' "$wanted" >"$dependencies_stamp"
}

# Changes with the lockfile, any package.json, or the Node that built native modules.
dependencies_fingerprint() {
  (
    cd "$root" &&
      cat yarn.lock .yarnrc.yml package.json packages/*/package.json \
        plugins/*/package.json e2e/package.json | cksum
  )
  "$NODE" -p 'process.version + process.arch'
}

dependencies_failed() {
  if grep -q 'ENOTFOUND\|EAI_AGAIN\|ECONNREFUSED\|ECONNRESET\|ETIMEDOUT\|ENETUNREACH\|ERR_SOCKET_CLOSED\|RequestError' "$install_log"; then
    fail $EX_UNAVAILABLE \
      "The dependencies could not be fetched: the package registry does not answer." \
      "Check the network and the registry in your Yarn configuration, and start again." \
      "What came so far is kept. Details: .tools/install.log"
  fi
  if grep -q "couldn't be built successfully" "$install_log"; then
    fail $EX_CONFIG \
      "A native module could not be built. It needs Python 3, make and a C++ compiler:" \
      "  Debian and Ubuntu: apt-get install python3 make g++" \
      "  macOS: xcode-select --install" \
      "Then start again. Details: .tools/install.log and the build log it names."
  fi
  fail $EX_SOFTWARE \
    "The dependencies could not be installed. Details: .tools/install.log" \
    "If it speaks of the lockfile: package.json and yarn.lock do not match; run \"yarn install\"."
}
