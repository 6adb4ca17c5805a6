export const HELP = `Starts the portal, with a Kubernetes cluster of its own and a demo in it.

Usage: bin/start [options]

  --port N           the portal's port (default 7007; 0 takes any free one)
  --kubeconfig FILE  use a real cluster instead of the local one
  --context NAME     the context of that kubeconfig (default: its current one)
  --no-demo          leave out the demo services and their catalog entries
  --reset            forget all state first: cluster, database, history
  --dev              hot reload of the frontend, restart of the backend on change
  --state DIR        where to keep the state (default .local)
  --help             this text

Ctrl-C stops everything. The backend's log is in .local/log/backend.log.
`;
