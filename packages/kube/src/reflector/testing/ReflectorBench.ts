import { KubeClient } from '../../client/kubeClient';
import type { AnyObject } from '../../client/types';
import { ManualClock } from '../../clock/manualClock';
import { RESOURCES } from '../../resources';
import { Store, type StoreChange } from '../../store/store';
import { ScriptedServer } from '../../testing/scriptedServer';
import { Reflector, type ReflectorOptions } from '../reflector';
import type { ReflectorState } from '../status';

/** A reflector of pods beside a server that answers as the test says. */
export class ReflectorBench {
  readonly clock = new ManualClock();
  readonly store = new Store<AnyObject>({ clock: this.clock });
  /** What the store was told, such as `modified a@12`. */
  readonly changes: string[] = [];
  client: KubeClient;
  #reflector?: Reflector<AnyObject>;

  private constructor(readonly server: ScriptedServer) {
    const { clock } = this;
    this.client = KubeClient.fromKubeConfig(server.kubeConfig(), { clock });
    this.store.subscribe(change => this.changes.push(described(change)));
  }

  static async begin(): Promise<ReflectorBench> {
    return new ReflectorBench(await ScriptedServer.start());
  }

  get reflector(): Reflector<AnyObject> {
    if (!this.#reflector) throw new Error('no reflector was started');
    return this.#reflector;
  }

  async end() {
    await this.#reflector?.stop();
    this.client.close();
    await this.server.stop();
  }

  start(options: Partial<ReflectorOptions<AnyObject>> = {}) {
    const { client, store, clock } = this;
    this.#reflector = new Reflector<AnyObject>({
      client,
      resource: RESOURCES.pods,
      store,
      clock,
      random: () => 0.5,
      ...options,
    });
    this.#reflector.start();
  }

  /** Resolves as soon as the status is as wanted. */
  status(
    isWanted: (status: Reflector<AnyObject>['status']) => boolean,
  ): Promise<void> {
    return once(
      callback => this.reflector.onStatus(callback),
      () => isWanted(this.reflector.status),
    );
  }

  state(wanted: ReflectorState): Promise<void> {
    return this.status(({ state }) => state === wanted);
  }

  /** Lists `pods` at version 10 and watches; `changes` begin after that. */
  async startedWith(...pods: object[]) {
    this.start();
    (await this.server.next()).list('10', pods);
    const watch = (await this.server.next()).accept();
    await this.state('live');
    this.changes.length = 0;
    return watch;
  }

  changed(count: number): Promise<void> {
    return once(
      callback => this.store.subscribe(callback),
      () => this.changes.length >= count,
    );
  }

  /** Lets the wait before the next try pass. */
  async retry(withinMilliseconds: number) {
    await this.clock.timerWithin(withinMilliseconds);
    this.clock.advance(withinMilliseconds);
  }
}

/** Resolves as soon as the condition holds, looking at each call back. */
function once(
  subscribe: (callback: () => void) => () => void,
  condition: () => boolean,
): Promise<void> {
  return new Promise(resolve => {
    let stop = () => {};
    const check = () => {
      if (!condition()) return;
      stop();
      resolve();
    };
    stop = subscribe(check);
    check();
  });
}

function described(change: StoreChange<AnyObject>): string {
  const { name, resourceVersion } = change.object.metadata;
  return `${change.type} ${name}@${resourceVersion}`;
}
