import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { RolloutAccess } from '../../access/RolloutAccess';
import type { RolloutViews } from '../../view/RolloutViews';
import type { ReleaseFilter, Visible } from './ReleaseQuery';
import type { ReleaseReads, StoredRelease } from './ReleaseReads';

/**
 * Who may see which releases: those of entities that they may read the
 * rollouts of. A release belongs to the entities of its own time, and to those
 * that its object belongs to now; where the operator's map gives the namespace
 * to others, an entity's claim counts for nothing.
 */
export class HistoryAccess {
  constructor(
    private readonly access: RolloutAccess,
    private readonly views: RolloutViews,
  ) {}

  /** @throws NotAllowedError on an entity that the caller may not read */
  async ofEntity(
    credentials: BackstageCredentials,
    entityRef: string,
  ): Promise<Visible> {
    const readable = await this.access.readable(credentials, [entityRef]);
    if (!readable.has(entityRef)) {
      throw new NotAllowedError(
        `You may not see the rollouts of ${entityRef}. Ask one of its owners.`,
      );
    }
    return this.#visible([entityRef]);
  }

  /** Of everything that matches. */
  async ofAll(
    credentials: BackstageCredentials,
    reads: ReleaseReads,
    filter: ReleaseFilter,
  ): Promise<Visible> {
    if (await this.access.readsEverything(credentials)) {
      return { all: true };
    }
    const live = this.views.keys.flatMap(key => [
      ...this.views.index.entityRefs(key),
    ]);
    const refs = [...(await reads.entityRefs(filter)), ...live];
    return this.#visible([...(await this.access.readable(credentials, refs))]);
  }

  /** Whether the caller may see this one. */
  async mayRead(
    credentials: BackstageCredentials,
    release: StoredRelease,
  ): Promise<boolean> {
    const { cluster, namespace, name } = release.summary.ref;
    const key = `${cluster}/${namespace}/${name}`;
    const live = this.views.rollout(key);
    const refs = [
      ...release.summary.entityRefs,
      ...(live?.metadata.uid === release.summary.uid
        ? this.views.index.entityRefs(key)
        : []),
    ];
    const readable = await this.access.readable(credentials, refs);
    return (
      refs.some(ref => readable.has(ref) && !this.isElsewhere(release, ref)) ||
      this.access.readsEverything(credentials)
    );
  }

  /** Whether the operator gave the namespace of a release to others than this entity. */
  isElsewhere({ summary }: StoredRelease, entityRef: string): boolean {
    const { cluster, namespace, name } = summary.ref;
    const rollout = { metadata: { name, namespace }, spec: {} };
    return this.access.refusedTo({ cluster, rollout }, entityRef) !== undefined;
  }

  #visible(entityRefs: string[]): Visible {
    const uids = entityRefs.flatMap(ref =>
      this.views.index.rolloutKeys(ref).flatMap(key => {
        const rollout = this.views.rollout(key);
        const cluster = key.slice(0, key.indexOf('/'));
        return rollout?.metadata.uid &&
          !this.access.refusedTo({ cluster, rollout }, ref)
          ? [rollout.metadata.uid]
          : [];
      }),
    );
    return { all: false, entityRefs: new Set(entityRefs), uids: new Set(uids) };
  }
}
