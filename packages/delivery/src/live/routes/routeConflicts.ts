import type { Clock } from '@progressive-delivery/kube';

/** A routing object that is about to be written for a rollout. */
export interface RouteLook {
  /** Of the rollout. */
  uid: string;
  /** Kind, namespace and name of the routing object, as one text. */
  object: string;
  /** What the rollout wants at the moment; another one begins anew. */
  goal: string;
  /** What the object says now; `undefined`: it does not exist. */
  content: string | undefined;
  /** Its owner reverts by itself whatever is changed in the cluster alone. */
  isGitOps: boolean;
}

export type RouteVerdict =
  | { write: true }
  | {
      write: false;
      /** Milliseconds. */
      retryIn: number;
      /** How often what was written for this goal was undone. */
      undone: number;
      /** It was decided just now; later looks only repeat it. */
      isNew: boolean;
    };

/** So many writes undone within so many milliseconds are no accident. */
const ENOUGH = 3;
const WINDOW = 5 * 60_000;
/** Milliseconds between tries at what a GitOps tool owns; doubled each time. */
const GITOPS_WAIT = { first: 60_000, longest: 60 * 60_000 };
/** The same for all others, who may be a person, or another controller. */
const OTHERS_WAIT = { first: 1_000, longest: 60_000 };

interface Fight {
  goal: string;
  /** What the object said after the last write; undefined: it was deleted. */
  left: string | undefined;
  wroteAt: number;
  /** The last write has not been found undone yet. */
  stands: boolean;
  /** When writes were found undone; the oldest are left out. */
  undoneAt: number[];
  undone: number;
  /** Begun with the first wait, and ended when a write has stood for long. */
  waits: number;
  retryAt: number;
}

/**
 * Who else writes the objects that traffic is routed by. Each time that a
 * write for the same goal is due again, because somebody has undone the last
 * one, is counted; after some of them it waits, longer and longer, so that two
 * hands that want different things cannot write without end. Where the other
 * hand is a GitOps tool, which will not give way, the waits are long.
 *
 * No I/O; what it knows is lost with the process, which then counts anew.
 */
export class RouteConflicts {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #fights = new Map<string, Map<string, Fight>>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Whether to write now. Asked once for each object in a turn. */
  judge({ uid, object, goal, content, isGitOps }: RouteLook): RouteVerdict {
    const fight = this.#fights.get(uid)?.get(object);
    if (!fight || fight.goal !== goal) return { write: true };
    // Nobody else has touched it: the goal takes more than one write.
    if (fight.stands && fight.left === content) return { write: true };

    const now = this.#clock.monotonic();
    let isNew = false;
    if (fight.stands) {
      this.#noteUndone(fight, now);
      const wait = waitOf(fight, isGitOps);
      if (wait > 0) {
        isNew = fight.waits === 0;
        fight.waits += 1;
        fight.retryAt = now + wait;
      }
    }
    if (now >= fight.retryAt) return { write: true };
    const { undone, retryAt } = fight;
    return { write: false, retryIn: retryAt - now, undone, isNew };
  }

  /** The write has succeeded. */
  wrote({ uid, object, goal, content }: Omit<RouteLook, 'isGitOps'>): void {
    const ofRollout = this.#fights.get(uid) ?? new Map<string, Fight>();
    this.#fights.set(uid, ofRollout);
    const known = ofRollout.get(object);
    const before = known?.goal === goal ? known : undefined;
    ofRollout.set(object, {
      goal,
      left: content,
      wroteAt: this.#clock.monotonic(),
      stands: true,
      undoneAt: before?.undoneAt ?? [],
      undone: before?.undone ?? 0,
      waits: before?.waits ?? 0,
      retryAt: 0,
    });
  }

  /** The rollout is gone. */
  forget(uid: string): void {
    this.#fights.delete(uid);
  }

  #noteUndone(fight: Fight, now: number): void {
    fight.stands = false;
    if (now - fight.wroteAt > WINDOW) {
      // It stood long enough: whoever comes now is no answer to it.
      fight.undoneAt = [];
      fight.undone = 0;
      fight.waits = 0;
    }
    fight.undone += 1;
    fight.undoneAt = [...fight.undoneAt, now].slice(-ENOUGH);
  }
}

/** Milliseconds to wait before the next write; 0: none. */
function waitOf(fight: Fight, isGitOps: boolean): number {
  const [oldest = 0] = fight.undoneAt;
  const isFight =
    fight.undoneAt.length === ENOUGH &&
    (fight.undoneAt.at(-1) ?? 0) - oldest <= WINDOW;
  if (!isFight && fight.waits === 0) return 0;
  const { first, longest } = isGitOps ? GITOPS_WAIT : OTHERS_WAIT;
  return Math.min(first * 2 ** fight.waits, longest);
}
