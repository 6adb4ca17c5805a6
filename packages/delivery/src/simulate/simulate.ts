import { planRollout } from '../rollout/planRollout';
import type { RolloutPlan } from '../rollout/plan';
import type { RolloutSnapshot } from '../rollout/snapshot';
import { takeExperimentTurns, type ExperimentTurn } from './experimentTurns';
import type { SimulatedCluster } from './simulatedCluster';

/** Enough for any strategy; a plan that never comes to rest is a defect. */
const MAXIMUM_TURNS_AT_ONCE = 100;

/** One turn of the planners that changed something. */
export interface Turn {
  /** Milliseconds of virtual time. */
  at: number;
  snapshot: RolloutSnapshot;
  plan: RolloutPlan;
  /** The rollout itself had something to do; else only its experiments. */
  moved: boolean;
  /** What came of the rollout's experiments then. */
  experiments: ExperimentTurn[];
}

/** The planner did not come to rest. */
export class RestlessPlanError extends Error {
  readonly name = 'RestlessPlanError';
}

/** Plans and applies once. Says whether anything changed, and when to look again. */
function turn(
  cluster: SimulatedCluster,
  snapshot: RolloutSnapshot,
  now: number,
): { turn: Turn; changed: boolean; wakeAt: number } {
  const plan = planRollout(snapshot, now, { memory: cluster.memory });
  cluster.planned(plan);
  for (const write of plan.writes) cluster.apply(write, now);
  const isNewStatus = cluster.setStatus(plan.status);
  const moved =
    plan.writes.length > 0 || plan.pluginCalls !== undefined || isNewStatus;
  cluster.callPlugins(plan.pluginCalls ?? [], now);
  const experiments = takeExperimentTurns(cluster, now);
  return {
    turn: { at: now, snapshot, plan, moved, experiments: experiments.turns },
    changed: moved || experiments.turns.length > 0,
    wakeAt: Math.min(plan.wakeAt ?? Infinity, experiments.wakeAt),
  };
}

/**
 * The next time at which the planner may see something new. Measurements that
 * decide nothing are taken on the way.
 */
export function nextLook(
  cluster: SimulatedCluster,
  from: number,
  wakeAt: number,
  until: number,
): number {
  const changeAt = Math.min(wakeAt, cluster.nextPodChange(from));
  let now = from;
  for (;;) {
    const measureAt = cluster.nextAnalysis(now);
    if (measureAt >= changeAt || measureAt > until) {
      return Math.min(changeAt, measureAt);
    }
    now = measureAt;
    if (cluster.advance(now)) return now;
  }
}

/** Looks on while the planner comes to rest. */
export interface Watch {
  /** Before each turn. */
  before?: (now: number) => void;
  /** What each turn is about to see; it is not taken when that is enough. */
  isEnough?: (snapshot: RolloutSnapshot, now: number) => boolean;
  /** What each turn saw, also the last, which changes nothing. */
  saw?: (snapshot: RolloutSnapshot, now: number, plan: RolloutPlan) => void;
}

/**
 * Turns of the planner, one after another, until nothing changes.
 *
 * @returns the turns that changed something, and when to plan again
 * @throws RestlessPlanError
 */
export function settle(
  cluster: SimulatedCluster,
  now: number,
  { before, isEnough, saw }: Watch = {},
): { turns: Turn[]; wakeAt: number } {
  const turns: Turn[] = [];
  while (turns.length < MAXIMUM_TURNS_AT_ONCE) {
    before?.(now);
    const snapshot = cluster.snapshot(now);
    if (isEnough?.(snapshot, now)) return { turns, wakeAt: Infinity };
    const { turn: done, changed, wakeAt } = turn(cluster, snapshot, now);
    saw?.(done.snapshot, now, done.plan);
    if (!changed) return { turns, wakeAt };
    turns.push(done);
  }
  throw new RestlessPlanError(
    `the plan does not come to rest at ${new Date(now).toISOString()}: ${turns.at(-1)?.plan.reasons.join('; ')}`,
  );
}

/**
 * Runs the planner on a simulated cluster under virtual time: turns follow one
 * another until nothing changes, then time jumps to the next thing that
 * happens.
 *
 * @param until - stop here, or earlier when nothing is going to happen
 * @returns the turns that changed something, and the time it stopped at
 */
export function simulate(
  cluster: SimulatedCluster,
  from: number,
  until: number,
): { turns: Turn[]; now: number } {
  const all: Turn[] = [];
  let now = from;
  for (;;) {
    const { turns, wakeAt } = settle(cluster, now);
    all.push(...turns);
    const next = nextLook(cluster, now, wakeAt, until);
    if (next > until) {
      return { turns: all, now: Math.max(now, Math.min(until, next)) };
    }
    now = Math.max(now + 1, next);
  }
}
