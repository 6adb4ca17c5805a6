# Finds Node 22 or 24, or brings it. Sourced, not run; needs say.sh and $root.
# Sets NODE, puts it first on PATH, and points native builds at its headers.

# The official build, as the npm registry has it (headers included).
NODE_VERSION=24.21.0
tools_node=$root/.tools/node

ensure_node() {
  if node_fits "$(command -v node || true)"; then
    NODE=$(command -v node)
  else
    if ! node_is_pinned "$tools_node/bin/node"; then
      fetch_node
    fi
    NODE=$tools_node/bin/node
  fi
  PATH=$(dirname "$NODE"):$PATH
  export PATH
  # Without this, native modules download headers from another host.
  node_prefix=$("$NODE" -p 'require("path").resolve(process.execPath, "../..")')
  if [ -f "$node_prefix/include/node/node.h" ]; then
    npm_config_nodedir=$node_prefix
    export npm_config_nodedir
  fi
}

node_fits() {
  [ -n "$1" ] || return 1
  case $("$1" --version 2>/dev/null) in
  v22.* | v24.*) return 0 ;;
  *) return 1 ;;
  esac
}

node_is_pinned() {
  [ -x "$1" ] && [ "$("$1" --version 2>/dev/null)" = "v$NODE_VERSION" ]
}

node_platform() {
  case $(uname -s) in
  Linux) node_os=linux ;;
  Darwin) node_os=darwin ;;
  *) fail $EX_CONFIG "There is no ready-made Node for $(uname -s) here. Install Node 24 (https://nodejs.org) and start again." ;;
  esac
  case $(uname -m) in
  x86_64 | amd64) node_arch=x64 ;;
  aarch64 | arm64) node_arch=arm64 ;;
  *) fail $EX_CONFIG "There is no ready-made Node for $(uname -m) here. Install Node 24 (https://nodejs.org) and start again." ;;
  esac
  printf 'node-%s-%s' "$node_os" "$node_arch"
}

fetch_node() {
  node_package=$(node_platform) || exit $?
  node_temp=$root/.tools/fetch.$$
  rm -rf "$node_temp"
  mkdir -p "$node_temp"
  if command -v npm >/dev/null 2>&1; then
    say "Fetching Node $NODE_VERSION into .tools (once) …"
    fetch_node_with_npm || node_fetch_failed
  elif command -v node >/dev/null 2>&1; then
    say "Fetching Node $NODE_VERSION into .tools (once) …"
    fetch_node_with_yarn || node_fetch_failed
  else
    rm -rf "$node_temp"
    fail $EX_CONFIG \
      "Neither Node nor npm is installed, and one of them is needed to begin." \
      "Install Node 24 from https://nodejs.org, or with your system's packages" \
      "(Debian and Ubuntu: apt-get install nodejs npm; macOS: brew install node)." \
      "Any version will do: a fitting one is fetched when yours is another."
  fi
  if ! node_is_pinned "$node_temp/package/bin/node"; then
    rm -rf "$node_temp"
    fail $EX_CONFIG \
      "The fetched Node $NODE_VERSION does not run on this system (it needs glibc on Linux)." \
      "Install Node 24 with your system's packages and start again."
  fi
  rm -rf "$tools_node"
  mv "$node_temp/package" "$tools_node"
  rm -rf "$node_temp"
}

# `npm pack` honours the person's own npm configuration and checks integrity.
fetch_node_with_npm() {
  (
    cd "$node_temp" &&
      npm pack --silent "$node_package@$NODE_VERSION" >/dev/null 2>fetch.log &&
      tar -xzf "$node_package-$NODE_VERSION.tgz"
  )
}

# A Node without npm: the vendored Yarn runs on any Node that is still in use.
fetch_node_with_yarn() {
  (
    cd "$node_temp" &&
      printf '{"name":"fetch","private":true,"dependencies":{"%s":"%s"}}\n' \
        "$node_package" "$NODE_VERSION" >package.json &&
      printf 'nodeLinker: node-modules\nenableTelemetry: false\nenableImmutableInstalls: false\nenableScripts: false\n' >.yarnrc.yml &&
      : >yarn.lock &&
      node "$root"/.yarn/releases/yarn-*.cjs install >fetch.log 2>&1 &&
      mv "node_modules/$node_package" package
  )
}

node_fetch_failed() {
  node_reason=$(grep -m 1 -iE 'err(or|!)' "$node_temp/fetch.log" 2>/dev/null || true)
  rm -rf "$node_temp"
  fail $EX_UNAVAILABLE \
    "Node $NODE_VERSION could not be fetched from the npm registry:" \
    "${node_reason:-no answer}" \
    "Check the network and npm's configuration (npm config get registry)," \
    "or install Node 22 or 24 yourself, and start again."
}
