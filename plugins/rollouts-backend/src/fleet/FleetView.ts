import { randomUUID } from 'node:crypto';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type {
  ClusterView,
  FleetWaiting,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { ReaderSight, ReaderSights } from '../access/ReaderSights';
import type { RolloutAccess } from '../access/RolloutAccess';
import type { GateChange } from '../gates/ActionGate';
import { FleetStreams } from '../stream/FleetStreams';
import type { RolloutViews, ViewChange } from '../view/RolloutViews';
import { FleetIndex } from './FleetIndex';
import { FleetLists, type FleetListQuery } from './FleetLists';
import {
  fleetWaiting,
  type DecidableRequests,
  type FrozenBy,
} from './fleetWaiting';

export interface FleetViewOptions {
  views: RolloutViews;
  access: Pick<RolloutAccess, 'refusedTo'>;
  /** Made of the entities that the fleet stands on. */
  sights: (
    entities: Pick<FleetIndex, 'entityRefs' | 'entitiesAdded'>,
  ) => ReaderSights;
  requests: DecidableRequests;
  freezes: {
    frozenBy: FrozenBy;
    /** Calls back when other windows are going on than before. */
    subscribe(listener: () => void): () => void;
  };
  clock: Clock;
  logger: LoggerService;
}

/** The fleet for those who read it: pages, what waits for them, and the stream. */
export class FleetView {
  readonly streams: FleetStreams;
  readonly #options: FleetViewOptions;
  readonly #index: FleetIndex;
  readonly #lists: FleetLists;
  readonly #sights: ReaderSights;
  readonly #instance = randomUUID();
  readonly #stop: () => void;
  #clusters = '[]';
  #clustersRevision = 0;

  constructor(options: FleetViewOptions) {
    const { views, access, clock, logger } = options;
    this.#options = options;
    this.#index = new FleetIndex({
      describe: key => {
        const rollout = views.rollout(key);
        const summary = views.summary(key);
        return rollout && summary && { rollout, summary };
      },
      grounds: key => {
        const rollout = views.rollout(key);
        const [cluster = ''] = key.split('/');
        return views.index.entityRefs(key).flatMap(ref => {
          const selection = views.index.selection(ref);
          return selection &&
            rollout &&
            !access.refusedTo({ cluster, rollout }, ref)
            ? [selection]
            : [];
        });
      },
      approversOf: key => options.requests.approversOf(key),
      turn: () => new Promise(resolve => setImmediate(resolve)),
      now: () => performance.now(),
      onChange: change => this.streams.changed(change),
      onProblem: (key, error) =>
        logger.error(
          `The row of ${key} in the fleet cannot be made, and stays as it was: ${error}`,
        ),
    });
    this.#lists = new FleetLists(this.#index);
    this.#sights = options.sights(this.#index);
    this.streams = new FleetStreams({
      instance: this.#instance,
      revision: () => this.#index.revision,
      since: revision => this.#index.since(revision),
      sightOf: credentials => this.sightOf(credentials),
      clusters: () => this.#clusters,
      clock,
      logger,
    });
    const unsubscribe = [
      views.subscribe(change => this.#changed(change)),
      options.requests.subscribe(change => void this.#waitingChanged(change)),
      options.freezes.subscribe(() => {
        this.streams.freezesChanged();
        void this.#waitingChanged('all');
      }),
    ];
    this.#stop = () => unsubscribe.forEach(each => each());
    this.#index.touch(views.keys);
  }

  /** What somebody sees of the fleet as it is now. */
  async sightOf(credentials: BackstageCredentials): Promise<ReaderSight> {
    await this.#index.settled();
    return this.#sights.of(credentials);
  }

  /** Changes when any page of the fleet may have. */
  etag(sight: ReaderSight): string {
    return `${this.#instance} ${this.#index.revision} ${this.#clustersRevision} ${sight.signature}`;
  }

  /** JSON of a FleetPage. */
  page(sight: ReaderSight, query: FleetListQuery): string {
    return this.#lists.page(sight, query, this.#clusters);
  }

  waiting(sight: ReaderSight): FleetWaiting {
    const { requests, freezes } = this.#options;
    return {
      items: fleetWaiting(this.#index, requests, sight, freezes.frozenBy),
    };
  }

  close(): void {
    this.#stop();
    this.streams.close();
  }

  #changed({ keys, entities, entityRefs }: ViewChange): void {
    this.#index.touch(keys);
    this.#readClusters();
    if (entities) {
      this.#sights.entitiesChanged(entityRefs);
      void this.streams.sightsChanged();
    }
  }

  async #waitingChanged(change: GateChange): Promise<void> {
    const keys = change === 'all' ? this.#options.views.keys : change.keys;
    this.#index.touch(keys);
    await this.#index.settled();
    this.streams.waitingChanged(
      [...keys].flatMap(key => [...this.#index.facesOf(key)]),
    );
  }

  #readClusters(): void {
    const clusters = JSON.stringify(
      this.#options.views.clusterViews().map(withoutRestlessFields),
    );
    if (clusters !== this.#clusters) {
      this.#clusters = clusters;
      this.#clustersRevision++;
      this.streams.clustersChanged();
    }
  }
}

/** Of a cluster that answers, when it last did is "now", all the time. */
function withoutRestlessFields(view: ClusterView): ClusterView {
  return view.state === 'ready' || view.state === 'partial'
    ? { ...view, lastSeen: undefined }
    : view;
}
