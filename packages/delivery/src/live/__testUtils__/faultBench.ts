import type { Clock, KubeClient } from '@progressive-delivery/kube';
import { startWebServer, type WebServer } from '../../__testUtils__/webServer';
import { planRollout } from '../../rollout/planRollout';
import { DeliveryLoop, type DeliveryLoopOptions } from '../deliveryLoop';
import { template } from './canary';
import {
  ANALYSIS_RUNS,
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './liveCluster';

export const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
export const TEMPLATES = {
  group: 'argoproj.io',
  resource: 'analysistemplates',
};
const WRITES = new Set(['create', 'patch', 'replace', 'delete', 'evict']);

/** What an undisturbed update of a `canary` leaves, and nothing more. */
export const ONE_UPDATE = {
  created: ['AnalysisRun', 'ReplicaSet', 'ReplicaSet'],
  replicas: [0, 2],
  analyses: ['Successful'],
};

/** One call of a client: its method, what it is about, and how to make it. */
export interface ClientCall {
  method: string;
  /** Plural of the kind, where the call has one. */
  plural?: string;
  isWrite: boolean;
  make: () => Promise<unknown>;
}

/** A client whose calls go through `around` first. Events are left alone. */
export function wrapped(
  client: KubeClient,
  around: (call: ClientCall) => unknown,
): KubeClient {
  return new Proxy(client, {
    get(target, method: keyof KubeClient & string) {
      const original: unknown = target[method];
      if (typeof original !== 'function') return original;
      return (...args: unknown[]) => {
        const { plural } = (args[0] ?? {}) as { plural?: string };
        return around({
          method,
          plural,
          isWrite: WRITES.has(method) && plural !== 'events',
          make: () => original.apply(target, args),
        });
      };
    },
  });
}

/** A local cluster with a template to analyse by, and controllers on it. */
export class FaultBench {
  readonly created: string[] = [];
  readonly #loops: DeliveryLoop[] = [];

  private constructor(
    readonly live: LiveCluster,
    readonly web: WebServer,
  ) {}

  static async start(): Promise<FaultBench> {
    const live = await startLiveCluster();
    const web = await startWebServer((_, response) =>
      response.end('{"rate":0.99}'),
    );
    const bench = new FaultBench(live, web);
    live.cluster.api.create(TEMPLATES, template('check', web.origin));
    for (const resource of [REPLICA_SETS, ANALYSIS_RUNS]) {
      live.cluster.api.watch(resource, ({ type, object }) => {
        if (type === 'ADDED') bench.created.push(object.kind);
      });
    }
    return bench;
  }

  /** A controller that acts, by this client. */
  control(
    client: KubeClient = this.live.client,
    options: {
      workers?: number;
      mayAct?: () => boolean;
      origins?: string[];
      clock?: Clock;
      plan?: DeliveryLoopOptions['plan'];
    } = {},
  ): DeliveryLoop {
    const {
      workers,
      mayAct = () => true,
      origins = [],
      plan = planRollout,
      clock,
    } = options;
    const loop = new DeliveryLoop({
      client,
      plan,
      ...(clock ? { clock } : {}),
      ...(workers ? { workers } : {}),
      egress: { allowedOrigins: [this.web.origin, ...origins] },
      mayAct,
    });
    this.#loops.push(loop);
    loop.view.onStatus(() => loop.view.ready && loop.resync());
    loop.start();
    return loop;
  }

  healthy(name: string, revision: number) {
    return this.live.until(
      ROLLOUTS,
      'default',
      name,
      ({ metadata, status }) =>
        status?.phase === 'Healthy' &&
        status.stableRS === status.currentPodHash &&
        status.observedGeneration === String(metadata.generation) &&
        metadata.annotations?.['rollout.argoproj.io/revision'] ===
          String(revision),
    );
  }

  setImage(name: string, image: string) {
    return this.live.cluster.api.patch(
      ROLLOUTS,
      'default',
      name,
      [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: image,
        },
      ],
      { type: 'json' },
    );
  }

  /** Resolves once an old revision has no pods any more. */
  scaledDown(name: string) {
    return this.live.until(ROLLOUTS, 'default', name, () =>
      this.live.cluster.api
        .list(REPLICA_SETS)
        .some(({ spec }) => spec.replicas === 0),
    );
  }

  /** What is there at the end, and what was created on the way. */
  outcome() {
    const { api } = this.live.cluster;
    return {
      created: [...this.created].sort(),
      replicas: api
        .list(REPLICA_SETS)
        .map(({ spec }) => spec.replicas)
        .sort(),
      analyses: api.list(ANALYSIS_RUNS).map(({ status }) => status.phase),
    };
  }

  async stop() {
    await Promise.all(this.#loops.map(loop => loop.stop()));
    this.web.stop();
    await this.live.stop();
  }
}
