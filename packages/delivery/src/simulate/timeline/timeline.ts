/**
 * The future of one rollout, from the moment at which a new version is
 * applied. Every time is in milliseconds from that moment.
 * @public
 */
export interface Timeline {
  rollout: {
    name: string;
    namespace: string;
    strategy: 'canary' | 'blueGreen';
    /** Who splits the traffic ("Istio"); absent: the number of pods does. */
    router?: string;
    /** `spec.replicas` at the beginning. */
    replicas: number;
    /** In short, as in "setWeight: 20"; the first is step 1. */
    steps: string[];
  };
  /** What was taken for granted, in sentences. */
  assumptions: string[];
  events: TimelineEvent[];
  /** The state after each change, in order of time; at least one. */
  samples: TimelineSample[];
  outcome: TimelineOutcome;
  /** What an abort would do, at each stage of the update. */
  aborts: AbortForecast[];
  /** See `AbortForecast.exposed`; of the whole update, until it is stable or gone. */
  exposed: number;
}

/** How it looks from `at` until the next sample. @public */
export interface TimelineSample {
  at: number;
  /**
   * Percent of all requests that the new version answers: by the router's
   * weights, by the active service, or by its share of the available pods.
   */
  share: number;
  /** Percent of all requests that experiments answer. */
  experimentShare: number;
  /** In the order of their revisions; the new version is the last. */
  revisions: RevisionSample[];
  /** Number of the step whose turn it is, from 1; absent: none. */
  step?: number;
  /** `status.phase` */
  phase: string;
  /** `status.message` */
  message?: string;
  /** Why nothing moves. */
  paused?: string;
}

/** @public */
export interface RevisionSample {
  revision: number;
  role: 'stable' | 'new' | 'other' | 'experiment';
  /** Pods asked for. */
  wanted: number;
  available: number;
}

/** One thing that happens. `text` says it in words. @public */
export type TimelineEvent = { at: number; text: string } & (
  | { kind: 'person'; action: PersonAction['do'] }
  | { kind: 'started'; revision: number }
  | {
      kind: 'scaled';
      revision: number;
      role: RevisionSample['role'];
      from: number;
      to: number;
    }
  | { kind: 'weight'; from: number; to: number }
  | { kind: 'switched'; service: string; revision: number }
  | { kind: 'stepBegan' | 'stepEnded'; step: number; label: string }
  /** `milliseconds` absent: until somebody promotes. */
  | { kind: 'paused'; reason: string; milliseconds?: number }
  | { kind: 'resumed' }
  /** It could go on, and a freeze window holds it. */
  | { kind: 'held' }
  | { kind: 'analysisBegan'; name: string; role: string }
  | {
      kind: 'analysisEnded';
      name: string;
      role: string;
      phase: string;
      measurements: number;
      milliseconds: number;
    }
  | { kind: 'experimentBegan'; name: string }
  | { kind: 'experimentEnded'; name: string; phase: string }
  | { kind: 'promoted'; revision: number }
  | { kind: 'aborted' | 'degraded'; message: string }
);

/** How it ends. @public */
export interface TimelineOutcome {
  /**
   * `promoted`: the new version is stable; `aborted`: the old one serves
   * everybody again; `waiting`: for a person; `stuck`: nothing moves by itself
   * and the new version is not stable.
   */
  kind: 'promoted' | 'aborted' | 'waiting' | 'stuck';
  /** When this was so. */
  at: number;
  phase: string;
  message?: string;
}

/** What an abort would do in the last moment of a stage. @public */
export interface AbortForecast {
  /** "step 1/8 (setWeight: 20)", "before the switch" … */
  stage: string;
  /** Number of the step, from 1, when the stage is one. */
  step?: number;
  at: number;
  /** Percent of the requests on the new version at that moment. */
  share: number;
  /**
   * How many users have met the new version by the time that everybody is
   * back on the old one: its share of the traffic, summed over time, as
   * milliseconds of all the traffic. 60 000 is as many as use the service in
   * one minute.
   */
  exposed: number;
  /** Milliseconds from the abort until the old version serves everybody. */
  backAfter: number;
  /** Milliseconds from the abort until the new version's pods are gone; absent: they stay. */
  goneAfter?: number;
  /** Pods of the new version that are to go. */
  podsToStop: number;
  /** Pods of the old version that have to be started for it. */
  podsToStart: number;
}

/** What somebody does in the course of the update. @public */
export type PersonAction =
  | { do: 'promote' | 'abort' | 'promoteFull' | 'retry' }
  | { do: 'scale'; replicas: number };
