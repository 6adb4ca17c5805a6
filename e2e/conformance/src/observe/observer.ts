import {
  type AnyObject,
  RESOURCES,
  type Resource,
} from '@progressive-delivery/kube';
import type { NamespaceObjects } from '../bed/clusterObjects';
import { ROUTER_KINDS } from '../bed/routerKinds';
import type { Aspects } from '../compare/compareAspects';
import {
  analysisRunAspects,
  experimentAspects,
  gone,
  measurementsOf,
} from './aspects/analysis';
import { finalRolloutAspects, rolloutAspects } from './aspects/rollout';
import {
  destinationRuleAspects,
  ingressAspects,
  routeGone,
  serviceAspects,
  specAspects,
  virtualServiceAspects,
} from './aspects/routes';
import {
  deploymentAspects,
  podMetadata,
  replicaSetAspects,
  replicaSetGone,
} from './aspects/workloads';
import type { Entry } from './entry';
import { Names } from './names';
import { oneLine } from './oneLine';
import { SeenEvents } from './seenEvents';
import { type Phase, Timeline } from './timeline';

type Look = (object: AnyObject) => Entry[];

const SPEC_ONLY: Resource[] = Object.values(ROUTER_KINDS).filter(
  ({ group }) =>
    group !== 'networking.istio.io' && group !== 'networking.k8s.io',
);

/** What is looked at, and what of it. */
const LOOKS: { resource: Resource; see: Look; deleted?: Look }[] = [
  {
    resource: RESOURCES.replicaSets,
    see: replicaSetAspects,
    deleted: replicaSetGone,
  },
  { resource: RESOURCES.rollouts, see: rolloutAspects },
  { resource: RESOURCES.services, see: serviceAspects, deleted: routeGone },
  { resource: RESOURCES.deployments, see: deploymentAspects },
  { resource: RESOURCES.analysisRuns, see: analysisRunAspects, deleted: gone },
  { resource: RESOURCES.experiments, see: experimentAspects, deleted: gone },
  { resource: ROUTER_KINDS.virtualServices, see: virtualServiceAspects },
  { resource: ROUTER_KINDS.destinationRules, see: destinationRuleAspects },
  {
    resource: ROUTER_KINDS.ingresses,
    see: ingressAspects,
    deleted: routeGone,
  },
  ...SPEC_ONLY.map(resource => ({
    resource,
    see: specAspects,
    deleted: routeGone,
  })),
];

/** Every kind that an observer has to have mirrored. */
export const OBSERVED_KINDS: Resource[] = [
  ...LOOKS.map(({ resource }) => resource),
  RESOURCES.pods,
  RESOURCES.events,
  RESOURCES.jobs,
];

const EVENTS_OF = ['Rollout', 'AnalysisRun', 'Experiment'];

/**
 * Writes down what a person who watches a namespace sees, aspect by aspect, in
 * words that are the same for two runs.
 */
export class Observer {
  readonly #objects: NamespaceObjects;
  readonly #names: Names;
  readonly #timelines = new Map<string, Timeline>();
  readonly #measurements = new Map<string, string[]>();
  readonly #atRest = new Map<string, string[]>();
  readonly #events = new Map<string, SeenEvents>();
  readonly #stops: (() => void)[] = [];
  readonly #now: () => number;
  #changedAt: number;

  constructor(
    namespace: string,
    objects: NamespaceObjects,
    now = () => performance.now(),
  ) {
    this.#names = new Names(namespace);
    this.#objects = objects;
    this.#now = now;
    this.#changedAt = now();
    for (const { resource, see, deleted } of LOOKS) {
      this.#follow(resource, see, deleted);
    }
    this.#follow(RESOURCES.pods, () =>
      podMetadata(objects.list(RESOURCES.pods)),
    );
    this.#follow(RESOURCES.events, event => {
      this.#event(event);
      return [];
    });
  }

  /** Milliseconds since something new was to be seen. */
  get quietFor(): number {
    return this.#now() - this.#changedAt;
  }

  /** Something was done just now: it has not shown yet. */
  expectChange() {
    this.#changedAt = this.#now();
  }

  /** Every version has the pods that it is to have. */
  get isComplete(): boolean {
    return [...this.#timelines].every(([aspect, { last }]) => {
      const version = /^(.*): replicas wanted$/.exec(aspect)?.[1];
      const available = `${version}: replicas available`;
      return (
        !this.#timelines.has(available) ||
        last === 'deleted' ||
        this.#timelines.get(available)!.last === last
      );
    });
  }

  /** What was seen so far, by aspect. */
  aspects(): Aspects {
    const { rename } = this.#names;
    const aspects: Aspects = {};
    for (const [aspect, timeline] of this.#timelines) {
      const phases = timeline.phases(rename);
      if (!isNothing(phases)) aspects[rename(aspect)] = phases;
    }
    const lasting = (values: string[]) =>
      values.map(value => ({ value: rename(value), brief: false }));
    for (const [moment, values] of this.#atRest) {
      aspects[`At rest: ${moment}`] = lasting(values.map(rename).sort());
    }
    for (const [aspect, values] of this.#measurements) {
      aspects[rename(aspect)] = lasting(values);
    }
    for (const [kind, events] of this.#events) {
      // Its recorder sends 25 of one object, then drops nearly all.
      const brief = events.mostOfOneObject >= 25;
      aspects[`Events of ${kind}s`] = [...events.reasons]
        .sort()
        .map(value => ({ value, brief }));
    }
    for (const rollout of this.#objects.list(RESOURCES.rollouts)) {
      for (const { aspect, value } of finalRolloutAspects(rollout)) {
        aspects[aspect] = lasting([value]);
      }
    }
    return aspects;
  }

  /**
   * Nothing moves: what every aspect shows is one to stay. Writes down how many
   * pods each version has at that moment.
   */
  noteRest(moment: string) {
    if (this.#isScaleDownPending() || !this.isComplete) return;
    this.#timelines.forEach(timeline => timeline.rest());
    const replicas = [...this.#timelines].filter(([aspect]) =>
      / replicas (wanted|available)$/.test(aspect),
    );
    this.#atRest.set(
      moment,
      replicas.map(([aspect, { last }]) => `${aspect} ${last}`),
    );
  }

  /** Writes down what is not to be seen in an object. */
  note(aspect: string, value: string) {
    this.#record({ aspect, value });
  }

  stop() {
    for (const stop of this.#stops) stop();
  }

  /** Pods that a timer is about to end: nothing moves, but it is no rest. */
  #isScaleDownPending(): boolean {
    return [...this.#timelines].some(([aspect, { last }]) => {
      const version = /^(.*): scale-down scheduled$/.exec(aspect)?.[1];
      const wanted = this.#timelines.get(`${version}: replicas wanted`)?.last;
      return last === 'yes' && wanted !== '0' && wanted !== 'deleted';
    });
  }

  #follow(resource: Resource, see: Look, deleted: Look = () => []) {
    const look = (object: AnyObject, entries: Entry[]) => {
      this.#names.see({ ...object, kind: resource.kind });
      entries.forEach(entry => this.#record(entry));
      if (resource.kind === 'AnalysisRun') this.#measured(object);
    };
    const typed = (object: AnyObject) => ({ ...object, kind: resource.kind });
    this.#objects
      .list(resource)
      .map(typed)
      .forEach(object => look(object, see(object)));
    const stop = this.#objects.subscribe(resource, ({ type, object }) => {
      const named = typed(object);
      look(named, type === 'deleted' ? deleted(named) : see(named));
    });
    this.#stops.push(stop);
  }

  #record({ aspect, value, patience, isCount }: Entry) {
    const timeline = this.#timelines.get(aspect) ?? new Timeline();
    this.#timelines.set(aspect, timeline);
    const text = oneLine(value);
    if (timeline.last !== text) this.#changedAt = this.#now();
    timeline.record(text, this.#now(), patience, isCount);
  }

  #measured(run: AnyObject) {
    for (const [aspect, values] of measurementsOf(run)) {
      this.#measurements.set(aspect, values);
    }
  }

  #event(event: AnyObject) {
    const { kind } = event.involvedObject ?? {};
    if (!EVENTS_OF.includes(kind)) return;
    const events = this.#events.get(kind) ?? new SeenEvents();
    events.see(event);
    this.#events.set(kind, events);
  }
}

/** What nobody ever asked for needs no line. */
function isNothing(phases: Phase[]): boolean {
  return phases.every(({ value }) => ['none', 'no', 'false'].includes(value));
}
