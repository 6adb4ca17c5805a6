/** What one object shows of one aspect at a moment. */
export interface Entry {
  aspect: string;
  value: string;
  /** A state that lasted no longer may be missing elsewhere; milliseconds. */
  patience?: number;
  /** A number of pods: how it gets from one to another depends on their start. */
  isCount?: boolean;
}

/** About as long as a pod takes to become ready: what passes meanwhile depends on who looks. */
export const PASSING = 1200;

export const HASH_LABEL = 'rollouts-pod-template-hash';
export const REVISION = 'rollout.argoproj.io/revision';

/** How long a rollout may take to say what it waits for next. */
export const SETTLING = 3000;

/** What a rollout says it waits for: it passes when pods start, or end. */
export const WAITING = Infinity;
