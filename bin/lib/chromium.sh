# Finds a Chromium for the browser tests, or brings one. Sourced, not run.

ensure_chromium() {
  if find_chromium; then
    return
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing Chromium with apt-get (once) …"
    chromium_log=$root/.tools/chromium.log
    if {
      apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    } >"$chromium_log" 2>&1 </dev/null && find_chromium; then
      return
    fi
  fi
  say "Installing Playwright's Chromium (once) …"
  if ! (cd "$root/e2e" && "$NODE" "$root/node_modules/@playwright/test/cli.js" install chromium) </dev/null; then
    fail $EX_UNAVAILABLE \
      "No Chromium was found, and none could be installed." \
      "Install one (Debian: apt-get install chromium), or name it: CHROMIUM=/path/to/chrome bin/test"
  fi
}

# Exports CHROMIUM when there is one on this machine.
find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || fail $EX_CONFIG "CHROMIUM names $CHROMIUM, which cannot be run."
    export CHROMIUM
    return 0
  fi
  for chromium_name in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if command -v "$chromium_name" >/dev/null 2>&1; then
      CHROMIUM=$(command -v "$chromium_name")
      export CHROMIUM
      return 0
    fi
  done
  [ -n "$(find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -maxdepth 1 -name 'chromium*' 2>/dev/null | head -n 1)" ]
}
