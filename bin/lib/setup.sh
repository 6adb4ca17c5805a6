# Everything a command needs before it can run: Node and the dependencies.
# Sourced with $root set, not run.

. "$root/bin/lib/say.sh"
. "$root/bin/lib/lock.sh"
. "$root/bin/lib/node.sh"
. "$root/bin/lib/dependencies.sh"

set_up() {
  lock_setup
  ensure_node
  ensure_dependencies
  unlock_setup
}

# run_typescript FILE ARGUMENT…: becomes that program.
run_typescript() {
  program=$1
  shift
  exec "$NODE" --import "$root/scripts/typescript.mjs" "$root/$program" "$@"
}
