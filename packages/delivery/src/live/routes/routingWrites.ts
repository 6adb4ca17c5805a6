import {
  managedBy,
  type KubeObject,
  type ManagedBy,
  type Rollout,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock, Resource } from '@progressive-delivery/kube';
import type { Write } from '../../rollout/plan';
import { kindKey, routeKey } from '../../rollout/snapshot';
import { canonicalJson } from '../../rollout/template/canonicalJson';
import { ROUTING_ACCESS } from '../access';
import { describeConflict } from './describeConflict';
import type { HeldWrite } from './heldWrite';
import { RouteConflicts } from './routeConflicts';

/** The writes to routing objects in one turn at one rollout. */
export interface RoutingTurn {
  /** Why a write is not to be made now; `undefined`: make it. */
  hold(write: Write): HeldWrite | undefined;
  /** A write was made; `answer` is the object as it then was, if it was left. */
  wrote(write: Write, answer: KubeObject | undefined): void;
}

const ROUTING_KINDS = new Set(
  ROUTING_ACCESS.map(({ resource }) => kindKey(resource)),
);

export interface RoutingWritesOptions {
  clock: Pick<Clock, 'monotonic'>;
  /** The object as it is known now. */
  get: (
    resource: Resource,
    namespace: string,
    name: string,
  ) => KubeObject | undefined;
}

/**
 * Holds writes to routing objects back that somebody else keeps undoing. What
 * is planned stays as it is: a plan knows one moment, and this needs several.
 */
export class RoutingWrites {
  readonly #options: RoutingWritesOptions;
  readonly #conflicts: RouteConflicts;

  constructor(options: RoutingWritesOptions) {
    this.#options = options;
    this.#conflicts = new RouteConflicts(options.clock);
  }

  /** @param status - that is planned: it says what the routes are written for */
  begin(rollout: Rollout, status: RolloutStatus): RoutingTurn {
    const { uid = '' } = rollout.metadata;
    const goal = goalOf(status);
    const judged = new Set<string>();
    return {
      hold: write => {
        const object = routed(write);
        // Once a turn: the second write to an object follows on our own first.
        if (!object || judged.has(object.key)) return undefined;
        judged.add(object.key);
        const { resource, namespace, name, key } = object;
        const known = this.#options.get(resource, namespace, name);
        const owner = known && managedBy(known);
        const tool = owner && isGitOps(owner) ? owner : undefined;
        const verdict = this.#conflicts.judge({
          uid,
          object: key,
          goal,
          content: contentOf(known),
          isGitOps: tool !== undefined,
        });
        if (verdict.write) return undefined;
        return describeConflict({
          object: `${resource.kind} ${namespace}/${name}`,
          tool,
          ...verdict,
        });
      },
      wrote: (write, answer) => {
        const object = routed(write);
        if (!object) return;
        const content = contentOf(answer);
        this.#conflicts.wrote({ uid, object: object.key, goal, content });
      },
    };
  }

  /** The rollout is gone. */
  forget(uid: string): void {
    this.#conflicts.forget(uid);
  }
}

/** The object that a write is about, when it is one that traffic is routed by. */
function routed(write: Write) {
  const { resource } = write;
  if (!ROUTING_KINDS.has(kindKey(resource))) return undefined;
  const { namespace = '', name } =
    write.verb === 'create' ? write.object.metadata : write;
  return {
    resource,
    namespace,
    name,
    key: routeKey(resource, namespace, name),
  };
}

/** A Helm release is changed by its next upgrade, not by itself. */
function isGitOps({ tool }: ManagedBy): boolean {
  return tool !== 'Helm';
}

/** What routes are written for. That a weight was verified changes nothing. */
function goalOf({
  currentPodHash,
  stableRS,
  currentStepIndex,
  abort,
  promoteFull,
  canary,
}: RolloutStatus): string {
  const { verified: _, ...weights } = canary?.weights ?? {};
  return canonicalJson([
    currentPodHash,
    stableRS,
    currentStepIndex,
    abort ?? false,
    promoteFull ?? false,
    weights,
  ]);
}

/** What an object says, without what every write to it changes. */
function contentOf(object: KubeObject | undefined): string | undefined {
  if (!object) return undefined;
  // Lists leave the kind out of their items.
  const {
    apiVersion: _,
    kind: __,
    status: ___,
    metadata,
    ...fields
  } = object as KubeObject & { status?: unknown };
  const { labels, annotations } = metadata;
  return canonicalJson({ ...fields, labels, annotations });
}
