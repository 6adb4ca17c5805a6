import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
  Reflector,
  Store,
} from '@progressive-delivery/kube';

const KINDS = [
  RESOURCES.namespaces,
  RESOURCES.deployments,
  RESOURCES.replicaSets,
  RESOURCES.pods,
  RESOURCES.services,
  RESOURCES.jobs,
  RESOURCES.podDisruptionBudgets,
  RESOURCES.rollouts,
  RESOURCES.analysisRuns,
  RESOURCES.experiments,
  RESOURCES.events,
];
/** A cluster in which nothing changes for so long is still; milliseconds. */
const QUIET = 500;

/** What calls back after each change. */
interface Source {
  subscribe(callback: () => void): () => void;
}

/** Whether anything moves in some clusters, as their watches tell. */
export class Movement {
  #count = 0;
  readonly #waiting = new Set<() => void>();
  readonly #unsubscribe: (() => void)[];

  constructor(sources: readonly Source[]) {
    this.#unsubscribe = sources.map(source =>
      source.subscribe(() => {
        this.#count += 1;
        for (const wake of this.#waiting) wake();
      }),
    );
  }

  /** Changes so far. */
  get count(): number {
    return this.#count;
  }

  /** Resolves once there are more changes than these, or the time is over. */
  async beyond(count: number, milliseconds: number): Promise<void> {
    if (this.#count <= count) await this.#change(milliseconds);
  }

  /** Resolves once nothing has changed for a while, or the time is over. */
  async stillness(milliseconds: number): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while (performance.now() < deadline) {
      if (!(await this.#change(QUIET))) return;
    }
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** `true` when there is one within the time. */
  #change(milliseconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    let wake = () => {};
    const changed = new Promise<boolean>(resolve => {
      wake = () => resolve(true);
      timer = setTimeout(() => resolve(false), milliseconds);
    });
    this.#waiting.add(wake);
    return changed.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
    });
  }
}

/** Watches what people look at in these clusters. */
export async function watchMovement(
  clients: readonly KubeClient[],
): Promise<{ movement: Movement; stop(): Promise<void> }> {
  const reflectors = clients.flatMap(client =>
    KINDS.map(
      resource =>
        new Reflector({ client, resource, store: new Store<AnyObject>() }),
    ),
  );
  for (const reflector of reflectors) reflector.start();
  for (const { store, resource } of reflectors) {
    if (!(await store.waitForSync())) {
      throw new Error(`The ${resource.plural} cannot be listed`);
    }
  }
  const movement = new Movement(reflectors.map(({ store }) => store));
  return {
    movement,
    async stop() {
      movement.stop();
      await Promise.all(reflectors.map(reflector => reflector.stop()));
    },
  };
}
