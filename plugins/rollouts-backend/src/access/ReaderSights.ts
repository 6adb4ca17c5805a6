import type {
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  rolloutReadPermission,
  rolloutReadUnmappedPermission,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import { RecentlyUsed } from '../view/RecentlyUsed';
import type { RolloutAccess } from './RolloutAccess';

/** A right that was taken away, or a group that was left, counts so much longer. */
const READER_MILLISECONDS = 30_000;
/** Entities change without the policy changing; then the conditions are asked again. */
const CONDITION_MILLISECONDS = 300_000;

/** What one person may see, decided already, so that asking costs nothing. */
export interface ReaderSight {
  /** The same for readers who see the same. */
  signature: string;
  /** The entities that count as the reader's own: their groups, and they themselves. */
  ownershipRefs: readonly string[];
  sees(entityRef: string | undefined): boolean;
  /** False: not asked about yet, and so not seen yet. */
  isDecided(entityRef: string | undefined): boolean;
}

export interface ReaderSightsOptions {
  permissions: PermissionsService;
  userInfo: UserInfoService;
  access: Pick<RolloutAccess, 'readable'>;
  /** Those that there is something to see of. */
  entities: {
    readonly entityRefs: Iterable<string>;
    /** Another number whenever one came to them. */
    readonly entitiesAdded: number;
  };
  clock: Clock;
}

interface Reader {
  decision: AuthorizeResult;
  /** The policy's conditions, where it has some. */
  conditions: string;
  unmapped: boolean;
  ownershipRefs: readonly string[];
}

/** What one set of conditions says of entities. Readers with the same conditions share it. */
class Decisions {
  readonly decided = new Map<string, boolean>();
  version = 0;
  /** The `entitiesAdded` at which every entity was decided about. */
  completeAt?: number;
  /** For each question under way, which entities changed meanwhile. */
  readonly outdated = new Set<Set<string>>();

  constructor(readonly until: number) {}

  changed(entityRef: string): void {
    this.decided.delete(entityRef);
    this.completeAt = undefined;
    this.outdated.forEach(each => each.add(entityRef));
  }
}

/**
 * Who sees the rollouts of which entities, kept for half a minute, so that a
 * page of the fleet does not ask ten thousand questions. The policy is asked
 * once for a reader; where it answers with conditions, those are asked about
 * in batches, once for all readers that have the same.
 */
export class ReaderSights {
  readonly #options: ReaderSightsOptions;
  readonly #readers = new RecentlyUsed<
    string,
    { until: number; reader: Promise<Reader> }
  >(1_000);
  readonly #decisions = new RecentlyUsed<string, Decisions>(200);

  constructor(options: ReaderSightsOptions) {
    this.#options = options;
  }

  /** @throws when the policy cannot be asked; nothing is shown then. */
  async of(credentials: BackstageCredentials): Promise<ReaderSight> {
    const reader = await this.#reader(credentials);
    const { unmapped, ownershipRefs } = reader;
    if (reader.decision !== AuthorizeResult.CONDITIONAL) {
      const all = reader.decision === AuthorizeResult.ALLOW;
      return {
        signature: `${reader.decision} ${unmapped}`,
        ownershipRefs,
        sees: ref => (ref === undefined ? unmapped : all),
        isDecided: () => true,
      };
    }
    const decisions = this.#decisionsOf(reader.conditions);
    await this.#decide(credentials, decisions);
    const { decided, version } = decisions;
    return {
      signature: `${reader.conditions} ${unmapped} ${decisions.until} ${version}`,
      ownershipRefs,
      sees: ref => (ref === undefined ? unmapped : decided.get(ref) === true),
      isDecided: ref => ref === undefined || decided.has(ref),
    };
  }

  /** Of these entities something else may be true now. */
  entitiesChanged(entityRefs: Iterable<string>): void {
    for (const ref of entityRefs) {
      for (const decisions of this.#decisions.values()) {
        decisions.changed(ref);
      }
    }
  }

  #reader(credentials: BackstageCredentials): Promise<Reader> {
    const key = JSON.stringify(credentials.principal);
    const now = this.#options.clock.now();
    const known = this.#readers.get(key);
    if (known && known.until > now) {
      return known.reader;
    }
    const reader = this.#ask(credentials);
    this.#readers.set(key, { until: now + READER_MILLISECONDS, reader });
    // A failure is not remembered.
    reader.catch(() => this.#readers.delete(key));
    return reader;
  }

  async #ask(credentials: BackstageCredentials): Promise<Reader> {
    const { permissions, userInfo } = this.#options;
    const [[read], [unmapped], ownershipRefs] = await Promise.all([
      permissions.authorizeConditional(
        [{ permission: rolloutReadPermission }],
        { credentials },
      ),
      permissions.authorize([{ permission: rolloutReadUnmappedPermission }], {
        credentials,
      }),
      isUser(credentials)
        ? userInfo
            .getUserInfo(credentials)
            .then(({ ownershipEntityRefs }) => ownershipEntityRefs)
        : [],
    ]);
    return {
      decision: read?.result ?? AuthorizeResult.DENY,
      conditions:
        read?.result === AuthorizeResult.CONDITIONAL
          ? JSON.stringify(read.conditions)
          : '',
      unmapped: unmapped?.result === AuthorizeResult.ALLOW,
      ownershipRefs,
    };
  }

  #decisionsOf(conditions: string): Decisions {
    const now = this.#options.clock.now();
    const known = this.#decisions.get(conditions);
    if (known && known.until > now) {
      return known;
    }
    const decisions = new Decisions(now + CONDITION_MILLISECONDS);
    this.#decisions.set(conditions, decisions);
    return decisions;
  }

  async #decide(
    credentials: BackstageCredentials,
    decisions: Decisions,
  ): Promise<void> {
    const { access, entities } = this.#options;
    const { entitiesAdded } = entities;
    if (decisions.completeAt === entitiesAdded) {
      return;
    }
    const open = [...entities.entityRefs].filter(
      ref => !decisions.decided.has(ref),
    );
    if (open.length === 0) {
      decisions.completeAt = entitiesAdded;
      return;
    }
    const outdated = new Set<string>();
    decisions.outdated.add(outdated);
    try {
      const readable = await access.readable(credentials, open);
      for (const ref of open) {
        // What changed meanwhile is not seen until it has been asked about anew.
        if (!outdated.has(ref)) {
          decisions.decided.set(ref, readable.has(ref));
        }
      }
    } finally {
      decisions.outdated.delete(outdated);
    }
    decisions.version++;
  }
}

function isUser({ principal }: BackstageCredentials): boolean {
  return (
    typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'user'
  );
}
