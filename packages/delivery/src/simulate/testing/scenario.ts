import {
  EXPERIMENT_TEMPLATE_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  type AnalysisRun,
  type KubeObject,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { simulate, type Turn } from '../simulate';
import type { AnalysisFate } from '../analysisLife';
import type { SimulatedClusterOptions } from '../simulatedCluster';
import type { PodLife } from '../simulatedPods';
import { FrozenCluster } from './frozenCluster';
import { clockText, experimentLines } from './experimentLines';
import { service, START, template, virtualService } from './demo';

export interface ScenarioOptions {
  rollout: Rollout;
  /** Instead of a VirtualService that fits. */
  routes?: KubeObject[];
  podLife?: PodLife;
  analysisFate?: (run: AnalysisRun) => AnalysisFate | undefined;
  disruptionBudgets?: KubeObject[];
  stepPluginFate?: SimulatedClusterOptions['stepPluginFate'];
  holds?: SimulatedClusterOptions['holds'];
}

/** Services and a VirtualService that fit the rollout, as the demo has them. */
function surroundings({ metadata, spec }: Rollout) {
  const { canaryService, stableService, pingPong, trafficRouting } =
    spec.strategy?.canary ?? {};
  const { activeService, previewService } = spec.strategy?.blueGreen ?? {};
  return {
    services: [
      canaryService,
      stableService,
      pingPong?.pingService,
      pingPong?.pongService,
      activeService,
      previewService,
    ].flatMap(name => (name ? [service(name, metadata.name)] : [])),
    routes: trafficRouting ? [virtualService(metadata.name)] : [],
    analysisTemplates: [template()],
  };
}

/**
 * A whole rollout as a person would tell it: what people did, and each turn of
 * the planner with what there was before it, and its reasons.
 */
export class Scenario {
  readonly cluster: FrozenCluster;
  readonly turns: Turn[] = [];
  now = START;
  readonly #lines: string[] = [];

  constructor(options: ScenarioOptions) {
    this.cluster = new FrozenCluster({
      podLife: () => 3_000,
      analysisFate: () => undefined,
      ...surroundings(options.rollout),
      ...options,
    });
  }

  /** Lets time pass. */
  wait(seconds: number): this {
    const until = this.now + seconds * 1_000;
    const { turns } = simulate(this.cluster, this.now, until);
    for (const turn of turns) this.#log(turn);
    this.turns.push(...turns);
    this.now = until;
    return this;
  }

  /** Somebody changes the object. */
  edit(what: string, change: (rollout: Rollout) => void): this {
    this.#lines.push(`${clockText(this.now)}  >> ${what}`);
    this.cluster.edit(change);
    return this;
  }

  deploy(tag: string): this {
    return this.edit(`deploy ${tag}`, rollout => {
      for (const each of rollout.spec.template?.spec.containers ?? []) {
        each.image = `${each.image?.split(':')[0]}:${tag}`;
      }
    });
  }

  abort(): this {
    return this.edit('abort', ({ status }) => {
      if (status) status.abort = true;
    });
  }

  retry(): this {
    return this.edit('retry', ({ status }) => {
      if (status) status.abort = false;
    });
  }

  /** What the reference's CLI writes for one step. */
  promote(): this {
    return this.edit('promote', ({ status }) => {
      if (status) status.pauseConditions = undefined;
    });
  }

  promoteFull(): this {
    return this.edit('promote fully', ({ status }) => {
      if (status) status.promoteFull = true;
    });
  }

  get status() {
    return this.cluster.rollout.status ?? {};
  }

  #podText(turn: Turn): string {
    return turn.snapshot.replicaSets
      .map(({ metadata, spec, status }) => {
        const revision = metadata.annotations?.['rollout.argoproj.io/revision'];
        return `r${revision} ${status?.availableReplicas ?? 0}/${spec.replicas}`;
      })
      .join(', ');
  }

  #log(turn: Turn) {
    if (turn.moved) this.#logRollout(turn);
    this.#lines.push(...turn.experiments.flatMap(experimentLines));
  }

  #logRollout(turn: Turn) {
    const { status } = turn.plan;
    const weight = status.canary?.weights?.canary.weight;
    const step = status.currentStepIndex;
    const { activeSelector, previewSelector } = status.blueGreen ?? {};
    const head = [
      clockText(turn.at),
      `${status.phase}${status.message ? ` (${status.message})` : ''}`,
      step === undefined ? undefined : `step ${step}`,
      weight === undefined ? undefined : `weight ${weight}`,
      activeSelector && `active ${activeSelector}`,
      previewSelector && `preview ${previewSelector}`,
      `pods ${this.#podText(turn) || 'none'}`,
    ].filter(Boolean);
    this.#lines.push(head.join('  '));
    for (const reason of turn.plan.reasons)
      this.#lines.push(`         ${reason}`);
    const events = turn.plan.events.map(event => event.reason);
    if (events.length)
      this.#lines.push(`         events: ${events.join(', ')}`);
  }

  /** The log, with revisions in the place of hashes. */
  log(): string {
    let text = `${this.#lines.join('\n')}\n`;
    for (const { revision, replicaSet } of this.cluster.revisions()) {
      const hash = replicaSet.metadata.labels?.[POD_TEMPLATE_HASH_LABEL];
      const { [EXPERIMENT_TEMPLATE_ANNOTATION]: version } =
        replicaSet.metadata.annotations ?? {};
      if (hash) text = text.replaceAll(hash, `<${version ?? `r${revision}`}>`);
    }
    return text;
  }
}
