import {
  POD_TEMPLATE_HASH_LABEL,
  type Experiment,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  takeExperimentTurns,
  type ExperimentTurn,
} from '../../simulate/experimentTurns';
import {
  SimulatedObjects,
  type SimulatedObjectsOptions,
} from '../../simulate/simulatedObjects';
import { START } from '../../simulate/testing/demo';
import {
  clockText,
  experimentLines,
} from '../../simulate/testing/experimentLines';
import { analysisTemplate } from './experiments';

/** More turns at one moment than any experiment needs. */
const RESTLESS = 50;

/** One experiment alone under virtual time, and what came of it. */
export class ExperimentScenario {
  readonly objects: SimulatedObjects;
  readonly turns: ExperimentTurn[] = [];
  now = START;
  readonly #name: string;
  readonly #lines: string[] = [];

  constructor(
    experiment: Experiment,
    options: Partial<SimulatedObjectsOptions> = {},
  ) {
    this.#name = experiment.metadata.name;
    this.objects = new SimulatedObjects({
      podLife: () => 3_000,
      analysisFate: () => undefined,
      analysisTemplates: [analysisTemplate('check')],
      experiments: [experiment],
      ...options,
    });
  }

  get experiment(): Experiment {
    const found = this.objects.experiments.get(this.#name);
    if (!found) throw new Error(`experiment ${this.#name} is gone`);
    return found;
  }

  get status() {
    return this.experiment.status ?? {};
  }

  /** Lets time pass. */
  wait(seconds: number): this {
    const until = this.now + seconds * 1_000;
    while (this.now <= until) {
      const wakeAt = this.#settle();
      const next = Math.min(
        wakeAt,
        this.objects.nextPodChange(this.now),
        this.objects.nextAnalysis(this.now),
      );
      if (next > until) break;
      this.now = Math.max(this.now + 1, next);
    }
    this.now = until;
    return this;
  }

  #settle(): number {
    for (let count = 0; count < RESTLESS; count++) {
      const { turns, wakeAt } = takeExperimentTurns(this.objects, this.now);
      if (!turns.length) return wakeAt;
      this.turns.push(...turns);
      this.#lines.push(...turns.flatMap(experimentLines));
    }
    throw new Error(`the plan does not come to rest:\n${this.log()}`);
  }

  /** Somebody changes the object. */
  edit(what: string, change: (experiment: Experiment) => void): this {
    this.#lines.push(`${clockText(this.now)}  >> ${what}`);
    const next = structuredClone(this.experiment);
    change(next);
    this.objects.experiments.set(this.#name, next);
    return this;
  }

  /** What `kubectl argo rollouts terminate experiment` writes. */
  terminate(): this {
    return this.edit('terminate', ({ spec }) => {
      spec.terminate = true;
    });
  }

  /** What `kubectl argo rollouts retry experiment` writes. */
  retry(): this {
    return this.edit('retry', each => {
      delete each.status;
    });
  }

  /** Events of all turns, by reason. */
  get events(): string[] {
    return this.turns.flatMap(({ plan }) =>
      plan.events.map(event => `${event.reason}: ${event.message}`),
    );
  }

  /** Pods asked for of each template's ReplicaSet. */
  get replicas(): Record<string, number> {
    return Object.fromEntries(
      [...this.objects.replicaSets.values()].map(({ metadata, spec }) => [
        metadata.name,
        spec.replicas ?? 1,
      ]),
    );
  }

  /** The log, with names in the place of hashes. */
  log(): string {
    let text = `${this.#lines.join('\n')}\n`;
    for (const { metadata } of this.objects.replicaSets.values()) {
      const hash = metadata.labels?.[POD_TEMPLATE_HASH_LABEL];
      if (hash) text = text.replaceAll(hash, `<${metadata.name}>`);
    }
    return text;
  }
}
