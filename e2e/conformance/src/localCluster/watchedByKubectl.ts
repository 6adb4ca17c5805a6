import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How kubectl is told to print each event on a line of its own. */
const EVENT =
  '{.type} {.object.metadata.uid} {.object.metadata.resourceVersion}{"\\n"}';

export interface WatchedByKubectlOptions {
  kubectl: string;
  kubeConfigFile: string;
  namespace: string;
  /** In the plural, with its group. */
  kind: string;
}

/**
 * One kind of a namespace as a Go client has it that trusts in its watch:
 * `kubectl get --watch`. The server ends a watch now and then: then it begins
 * anew.
 */
export class WatchedByKubectl {
  readonly #options: WatchedByKubectlOptions;
  readonly #versions = new Map<string, string>();
  #child?: ChildProcess;
  #stopped = false;
  #events = 0;
  #complaint = '';

  constructor(options: WatchedByKubectlOptions) {
    this.#options = options;
    this.#start();
  }

  /** Resource versions by uid. */
  get versions(): ReadonlyMap<string, string> {
    return this.#versions;
  }

  /** So far. */
  get events(): number {
    return this.#events;
  }

  /** What it has said on its standard error. */
  get complaint(): string {
    return this.#complaint;
  }

  stop(): void {
    this.#stopped = true;
    this.#child?.kill();
  }

  #start(): void {
    const { kubectl, kubeConfigFile, namespace, kind } = this.#options;
    this.#versions.clear();
    const child = spawn(
      kubectl,
      [
        `--kubeconfig=${kubeConfigFile}`,
        ...['get', kind, `--namespace=${namespace}`],
        ...['--watch', '--output-watch-events', `--output=jsonpath=${EVENT}`],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    child.stderr.on('data', text => {
      this.#complaint += text;
    });
    child.once('exit', () => {
      if (!this.#stopped) this.#start();
    });
    createInterface({ input: child.stdout }).on('line', line => {
      if (child === this.#child) this.#read(line);
    });
  }

  #read(line: string): void {
    const [type = '', uid = '', version = ''] = line.split(' ');
    this.#events += 1;
    if (type === 'DELETED') this.#versions.delete(uid);
    else this.#versions.set(uid, version);
  }
}
