# One set-up at a time. Sourced, not run; needs say.sh and $root.

setup_lock=$root/.tools/setup.lock

# Waits for another set-up of this checkout; takes over from one that is gone.
lock_setup() {
  mkdir -p "$root/.tools"
  lock_said=
  while ! mkdir "$setup_lock" 2>/dev/null; do
    lock_holder=$(cat "$setup_lock/pid" 2>/dev/null || true)
    if [ -n "$lock_holder" ] && ! kill -0 "$lock_holder" 2>/dev/null; then
      rm -rf "$setup_lock"
      continue
    fi
    # No pid yet: its owner has just made the folder, or died in that moment.
    if [ -z "$lock_holder" ] && [ -n "$(find "$setup_lock" -prune -mmin +1 2>/dev/null)" ]; then
      rm -rf "$setup_lock"
      continue
    fi
    if [ -z "$lock_said" ]; then
      say "Another set-up of this checkout is running${lock_holder:+ (process $lock_holder)}; waiting for it …"
      lock_said=yes
    fi
    sleep 1
  done
  echo $$ >"$setup_lock/pid"
  trap 'unlock_setup' EXIT
  trap 'unlock_setup; exit 130' INT
  trap 'unlock_setup; exit 143' TERM HUP
}

unlock_setup() {
  if [ "$(cat "$setup_lock/pid" 2>/dev/null)" = "$$" ]; then
    rm -rf "$setup_lock"
  fi
  trap - EXIT INT TERM HUP
}
