import type { AnyObject, KubeClient } from '@progressive-delivery/kube';
import type { NamespaceObjects } from '../bed/clusterObjects';
import type { Answer } from '../bed/metricSource';

/**
 * What is done with a rollout, and when. There are no expected values: what
 * the reference did is the expectation.
 */
export interface Scenario {
  /** `theme/what-happens`, of lower case letters, digits and dashes. */
  name: string;
  /** Created in this order; `${metrics}` is the address of the metric source. */
  objects: AnyObject[];
  /** What the metric source answers at first, by the name of a series. */
  metrics?: Record<string, Answer>;
  acts: Act[];
  /** The API server may refuse an object: there is nothing to see then. */
  refusedByServer?: 'allowed';
  /** A controller of its own, so that it can be killed. */
  ownController?: boolean;
  /** Its controller has to see what has no namespace. */
  clusterWide?: boolean;
  /** How long nothing may happen until the scenario is over; seconds, default 4. */
  quietSeconds?: number;
  /** What nobody can record, for the reference does not have it by itself. */
  expectation?: Expectation;
  /** Aspects that two runs of the reference show differently, and why. */
  unsteady?: { aspect: RegExp; reason: string };
}

/**
 * What is to be seen where the reference cannot be asked: a recording of it in
 * all but some aspects, and those from a documentation.
 */
export interface Expectation {
  /** The scenario whose recording it is like. */
  like: string;
  /** Aspects of that recording that do not count. */
  except: RegExp;
  /** Aspects and their values in order; `~ ` begins one that may be missed. */
  shows: Record<string, string[]>;
  /** Where that is documented. */
  source: string;
}

/** Waits for a milestone, then acts. */
export interface Act {
  at: Milestone;
  take: Action[];
}

/** A condition that can be observed; never a time. */
export interface Milestone {
  what: string;
  reached: (stage: Stage) => boolean;
  /** Act at once, not when nothing moves any more. */
  atOnce?: boolean;
  /** How long nothing has to have moved before the act; seconds, default 0.7. */
  restSeconds?: number;
  /** How long to wait for it; seconds, default 60. */
  patienceSeconds?: number;
}

export interface Action {
  what: string;
  take: (stage: Stage) => Promise<void>;
}

/** Where a scenario plays. */
export interface Stage {
  client: KubeClient;
  namespace: string;
  objects: NamespaceObjects;
  /** Changes what the metric source answers from now on. */
  setMetric(series: string, answer: Answer): void;
  /** Ends the scenario's own controller as `kill -9` does. */
  killController(): Promise<void>;
  startController(): Promise<void>;
  /** Creates as the scenario's own objects were: placeholders and labels. */
  create(object: AnyObject): Promise<void>;
}
