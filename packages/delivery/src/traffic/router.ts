import type { PlanDraft } from '../rollout/draft';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { Problem } from '../rollout/validation/problem';

/** What a router's objects say now. */
export interface ObservedTraffic {
  /**
   * The canary's share out of the maximum: the greatest, where several routes
   * differ, because what gets any traffic must stay.
   */
  weight: number;
  /** All routes agree, and nothing else is in them. */
  settled: boolean;
}

/** Something that splits traffic between a canary and a stable service. */
export interface TrafficRouter {
  /** The field of `trafficRouting` that asks for it. */
  field: string;
  /** In words, for people. */
  title: string;
  /** What is wrong with the stanza and with the objects that it names. */
  validate(snapshot: RolloutSnapshot): Problem[];
  observe(snapshot: RolloutSnapshot): ObservedTraffic;
  /** Plans the writes that give the canary this weight. */
  setWeight(
    snapshot: RolloutSnapshot,
    weight: number,
    draft: PlanDraft,
    why: string,
  ): void;
}
