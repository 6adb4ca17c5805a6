# Messages and exit codes. Sourced, not run.

EX_UNAVAILABLE=69 # no network, or a registry that does not answer
EX_SOFTWARE=70    # something failed that should not
EX_CONFIG=78      # something is missing on this machine

say() { printf '%s\n' "$*"; }

# fail CODE MESSAGE…: says what is wrong and what to do, and ends.
fail() {
  fail_code=$1
  shift
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit "$fail_code"
}
