import {
  type AnyObject,
  RESOURCES,
  type Resource,
  type StoreChange,
} from '@progressive-delivery/kube';
import type { RemoteObjects } from '../bed/remoteObjects';
import type { Aspects } from '../compare/compareAspects';
import { Timeline } from '../observe/timeline';

const HASH_LABEL = 'rollouts-pod-template-hash';
const REVISION = 'rollout.argoproj.io/revision';

/**
 * Writes down what a person who watches a namespace sees of a rollout, aspect
 * by aspect, in words that are the same for two runs: hashes as revisions.
 */
export class Observer {
  readonly #objects: RemoteObjects;
  readonly #timelines = new Map<string, Timeline>();
  readonly #revisions = new Map<string, string>();
  readonly #reasons = new Map<string, Set<string>>();
  readonly #begin = performance.now();
  readonly #stops: (() => void)[] = [];

  constructor(objects: RemoteObjects) {
    this.#objects = objects;
    this.#follow(RESOURCES.replicaSets, object => this.#replicaSet(object));
    this.#follow(RESOURCES.rollouts, object => this.#rollout(object));
    this.#follow(RESOURCES.services, object => this.#service(object));
    this.#follow(RESOURCES.virtualServices, object => this.#route(object));
    this.#follow(RESOURCES.analysisRuns, object => this.#analysisRun(object));
    this.#follow(RESOURCES.events, object => this.#event(object));
  }

  /** What was seen so far, by aspect. */
  aspects(): Aspects {
    const timelines = new Map(this.#timelines);
    for (const [aspect, reasons] of this.#reasons) {
      const timeline = timelineOf([...reasons].sort());
      timelines.set(`reasons of events of ${aspect}`, timeline);
    }
    return Object.fromEntries(
      [...timelines].map(([aspect, timeline]) => [aspect, timeline.phases()]),
    );
  }

  stop() {
    for (const stop of this.#stops) stop();
  }

  #follow(resource: Resource, see: (object: AnyObject) => void) {
    const store = this.#objects.store(resource);
    store.list().forEach(see);
    const stop = store.subscribe((change: StoreChange<AnyObject>) => {
      if (change.type !== 'deleted') see(change.object);
    });
    this.#stops.push(stop);
  }

  #record(aspect: string, value: string) {
    const timeline = this.#timelines.get(aspect) ?? new Timeline();
    this.#timelines.set(aspect, timeline);
    timeline.record(value, performance.now() - this.#begin);
  }

  #revision(hash: string | undefined): string {
    if (!hash) return 'none';
    return this.#revisions.get(hash) ?? 'unknown';
  }

  #rollout({ metadata: { name }, status, spec }: AnyObject) {
    if (!status) return;
    const at = (aspect: string) => `${name}: ${aspect}`;
    const message = status.message ? ` (${neutral(status.message)})` : '';
    this.#record(at('phase'), `${status.phase ?? 'none'}${message}`);
    this.#record(at('step'), `${status.currentStepIndex ?? 'none'}`);
    this.#record(at('aborted'), `${status.abort ?? false}`);
    this.#record(
      at('pause reasons'),
      (status.pauseConditions ?? [])
        .map((condition: { reason: string }) => condition.reason)
        .join(',') || 'none',
    );
    this.#record(
      at('stable revision'),
      this.#revision(status.stableRS || undefined),
    );
    const { weights } = status.canary ?? {};
    if (weights) {
      this.#record(
        at('weights in status'),
        `canary ${weights.canary?.weight} on revision ${this.#revision(weights.canary?.podTemplateHash)}, stable ${weights.stable?.weight} on revision ${this.#revision(weights.stable?.podTemplateHash)}`,
      );
    }
    this.#record(at('available of wanted'), this.#availability(status, spec));
  }

  #availability(status: AnyObject, spec: AnyObject): string {
    return status.availableReplicas >= spec.replicas
      ? 'at least as many as wanted'
      : 'fewer than wanted';
  }

  #replicaSet({ metadata, spec }: AnyObject) {
    const revision = metadata.annotations?.[REVISION];
    const hash = metadata.labels?.[HASH_LABEL];
    if (!revision || !hash) return;
    this.#revisions.set(hash, revision);
    this.#record(`replicas wanted of revision ${revision}`, `${spec.replicas}`);
  }

  #service({ metadata, spec }: AnyObject) {
    const revision = this.#revision(spec.selector?.[HASH_LABEL]);
    this.#record(`service ${metadata.name} selects revision`, revision);
  }

  #route({ metadata, spec }: AnyObject) {
    const routes = (spec.http ?? []).map(
      (http: { name?: string; route?: AnyObject[] }) =>
        `${http.name}: ${(http.route ?? [])
          .map(({ destination, weight }) => `${destination.host} ${weight}`)
          .join(', ')}`,
    );
    this.#record(`route ${metadata.name}`, routes.join('; '));
  }

  #analysisRun({ metadata, status }: AnyObject) {
    if (!status?.phase) return;
    const kind = metadata.labels?.['rollout-type'] ?? 'run';
    const revision = metadata.annotations?.[REVISION] ?? '?';
    const run = `analysis ${kind} of revision ${revision}`;
    this.#record(`${run}: phase`, status.phase);
    for (const metric of status.metricResults ?? []) {
      this.#record(`${run}: metric ${metric.name}`, metric.phase);
      const measurements = collapsed(
        (metric.measurements ?? []).map(
          (measurement: { phase: string }) => measurement.phase,
        ),
      );
      this.#timelines.set(
        `${run}: measurements of ${metric.name}`,
        timelineOf(measurements),
      );
    }
  }

  #event({ involvedObject, reason, type }: AnyObject) {
    if (!['Rollout', 'AnalysisRun'].includes(involvedObject?.kind)) return;
    // Not their order: the reference's recorder counts repeats together and
    // drops what comes too fast.
    const reasons = this.#reasons.get(involvedObject.kind) ?? new Set();
    reasons.add(`${type} ${reason}`);
    this.#reasons.set(involvedObject.kind, reasons);
  }
}

/** Counts and generated names differ from run to run. */
function neutral(message: string): string {
  return message
    .replace(/[a-z0-9]+-[a-f0-9]{8,10}(-[0-9]+(\.[0-9]+)?)*/g, '<name>')
    .replace(/\d+ out of \d+/g, '<n> out of <n>');
}

function collapsed(values: string[]): string[] {
  return values.filter((value, index) => value !== values[index - 1]);
}

function timelineOf(values: string[]): Timeline {
  const timeline = new Timeline();
  // Each lasts: they are written down in the object itself.
  values.forEach((value, index) => timeline.record(value, index * 1000));
  return timeline;
}
