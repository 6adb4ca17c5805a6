import { isCompleted } from '../../analysis/plan/assessMetric';
import type { PersonAction } from '../timeline/timeline';
import { pauseOf, waitsForPromotion } from '../timeline/pauses';
import type { SimulatedCluster } from '../simulatedCluster';

/** What somebody is assumed to do. Times are in milliseconds. */
export interface PersonPlan {
  /** Promotes this long after a pause without an end began; absent: never. */
  promoteAfter?: number;
  /** Aborts once this step, counted from 1, is under way. */
  abortAtStep?: number;
  /** The same for this step, but only if nothing is measured there. */
  abortIfUnmeasuredAtStep?: number;
  /** Changes `spec.replicas`, so long after the beginning. */
  scale?: { at: number; replicas: number }[];
}

function isMeasuring({ analysisRuns, experiments }: SimulatedCluster) {
  return [...analysisRuns.values(), ...experiments.values()].some(
    each => !isCompleted(each.status?.phase),
  );
}

/** Acts on a simulated rollout by the patches of the reference's CLI. */
export class Person {
  readonly #scalings: { at: number; replicas: number }[];
  /** Turns that the step to abort at has had. */
  #turns = 0;
  #hasAborted = false;

  constructor(
    private readonly plan: PersonPlan,
    origin: number,
  ) {
    this.#scalings = (plan.scale ?? [])
      .map(({ at, replicas }) => ({ at: at + origin, replicas }))
      .sort((a, b) => a.at - b.at);
  }

  /** When the next action is due; `Infinity`: never. */
  nextAt(cluster: SimulatedCluster): number {
    return Math.min(
      this.#scalings[0]?.at ?? Infinity,
      this.#promotesAt(cluster),
    );
  }

  #promotesAt({ rollout }: SimulatedCluster): number {
    const pause = pauseOf(rollout);
    return pause && waitsForPromotion(pause) && !rollout.status?.abort
      ? pause.since + (this.plan.promoteAfter ?? Infinity)
      : Infinity;
  }

  /** Does what is due now. */
  act(cluster: SimulatedCluster, now: number): PersonAction[] {
    const done: PersonAction[] = [];
    while ((this.#scalings[0]?.at ?? Infinity) <= now) {
      const { replicas } = this.#scalings.shift() ?? { replicas: 1 };
      cluster.edit(({ spec }) => {
        spec.replicas = replicas;
      });
      done.push({ do: 'scale', replicas });
    }
    if (this.#promotesAt(cluster) <= now) {
      cluster.edit(({ status = {} }) => {
        status.pauseConditions = undefined;
      });
      done.push({ do: 'promote' });
    }
    return done;
  }

  /**
   * Aborts once the step is under way: in its second turn, when what it begins
   * with (a weight, a pause, an analysis) is there.
   */
  actBeforeTurn(cluster: SimulatedCluster): PersonAction[] {
    const { status = {} } = cluster.rollout;
    const { abortAtStep, abortIfUnmeasuredAtStep } = this.plan;
    const step = abortAtStep ?? abortIfUnmeasuredAtStep;
    const isUnderWay = status.currentPodHash !== status.stableRS;
    const isAt = (status.currentStepIndex ?? 0) + 1 === step;
    if (this.#hasAborted || !isUnderWay || !isAt) return [];
    this.#turns++;
    if (this.#turns < 2) return [];
    if (abortAtStep === undefined && isMeasuring(cluster)) return [];
    this.#hasAborted = true;
    cluster.edit(({ status: edited = {} }) => {
      edited.abort = true;
    });
    return [{ do: 'abort' }];
  }
}
