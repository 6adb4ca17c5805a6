import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  MeasuresResponse,
  Release,
  ReleaseComparison,
  ReleasePage,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Knex } from 'knex';
import { compareReleases } from './compare/compareReleases';
import { foldRelease } from './foldRelease';
import type { HistoryAccess } from './HistoryAccess';
import { measure, measuredOf, type MeasuredRelease } from './measures/measure';
import { rangeOf, type Bucket } from './measures/range';
import type { Position, ReleaseFilter, Visible } from './ReleaseQuery';
import { ReleaseReads, type StoredRelease } from './ReleaseReads';

const EXPORT_PAGE = 200;

/** What all reads of many releases say. */
export interface Scope {
  credentials: BackstageCredentials;
  /** Only with the right to read the rollouts of this entity. */
  entityRef?: string;
  filter: ReleaseFilter;
}

/** The history as the caller may see it. */
export class HistoryReader {
  constructor(
    private readonly options: {
      database: () => Knex | undefined;
      access: HistoryAccess;
      now: () => number;
    },
  ) {}

  async page(
    scope: Scope,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<ReleasePage> {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const reads = this.#reads();
    const visible = await this.#visible(reads, scope);
    const found = await reads.page(scope.filter, visible, limit + 1, after);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page
        .filter(release => this.#isTheirs(release, visible))
        .map(({ summary }) => summary),
      nextCursor:
        last && found.length > limit ? writeCursor(last.position) : undefined,
    };
  }

  /** @throws NotFoundError also for what the caller may not see */
  async release(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<Release> {
    const reads = this.#reads();
    return this.#whole(reads, await this.#find(reads, credentials, id));
  }

  async comparison(
    credentials: BackstageCredentials,
    ids: { from: string; to: string },
  ): Promise<ReleaseComparison> {
    const reads = this.#reads();
    const [from, to] = await Promise.all(
      [ids.from, ids.to].map(async id => {
        const { summary, row } = await this.#find(reads, credentials, id);
        return {
          summary,
          template: await reads.template(row.stream, summary.podHash),
        };
      }),
    );
    if (!from || !to) {
      throw new NotFoundError('There is no such release.');
    }
    return compareReleases(from, to);
  }

  async measures(
    scope: Scope,
    range: { from?: number; to?: number; bucket: Bucket },
  ): Promise<MeasuresResponse> {
    const reads = this.#reads();
    const buckets = rangeOf(range, this.options.now());
    const visible = await this.#visible(reads, scope);
    const filter = { ...scope.filter, ended: buckets.whole };
    if (visible.all) {
      return measure(await reads.measured(filter), buckets);
    }
    const releases: MeasuredRelease[] = [];
    for await (const { row } of this.#all(reads, filter, visible)) {
      releases.push(measuredOf(row));
    }
    return measure(releases, buckets);
  }

  /** Every release of the scope, newest first, read page by page. */
  async *export(scope: Scope): AsyncGenerator<StoredRelease> {
    const reads = this.#reads();
    yield* this.#all(reads, scope.filter, await this.#visible(reads, scope));
  }

  /** For an export that has everything of each. */
  whole(release: StoredRelease): Promise<Release> {
    return this.#whole(this.#reads(), release);
  }

  async *#all(
    reads: ReleaseReads,
    filter: ReleaseFilter,
    visible: Visible,
  ): AsyncGenerator<StoredRelease> {
    let after: Position | undefined;
    for (;;) {
      const page = await reads.page(filter, visible, EXPORT_PAGE, after);
      yield* page.filter(release => this.#isTheirs(release, visible));
      after = page.at(-1)?.position;
      if (page.length < EXPORT_PAGE) {
        return;
      }
      // A database in this process answers at once: let others have a turn.
      await new Promise<void>(resolve => {
        setImmediate(resolve);
      });
    }
  }

  async #whole(
    reads: ReleaseReads,
    { summary, row }: StoredRelease,
  ): Promise<Release> {
    const [entries, previous] = await Promise.all([
      reads.entries(row),
      reads.previous(row),
    ]);
    return foldRelease(summary, entries, previous);
  }

  async #find(
    reads: ReleaseReads,
    credentials: BackstageCredentials,
    id: string,
  ): Promise<StoredRelease> {
    const release = await reads.find(id);
    if (
      !release ||
      !(await this.options.access.mayRead(credentials, release))
    ) {
      throw new NotFoundError(
        'There is no such release, or you may not see it.',
      );
    }
    return release;
  }

  #visible(reads: ReleaseReads, scope: Scope): Promise<Visible> {
    const { credentials, entityRef, filter } = scope;
    const { access } = this.options;
    return entityRef === undefined
      ? access.ofAll(credentials, reads, filter)
      : access.ofEntity(credentials, entityRef);
  }

  #isTheirs(release: StoredRelease, visible: Visible): boolean {
    return (
      visible.all ||
      visible.uids.has(release.summary.uid) ||
      release.summary.entityRefs.some(
        ref =>
          visible.entityRefs.has(ref) &&
          !this.options.access.isElsewhere(release, ref),
      )
    );
  }

  #reads(): ReleaseReads {
    const knex = this.options.database();
    if (!knex) {
      throw new ServiceUnavailableError(
        'The history cannot be read: the database is not available.',
      );
    }
    return new ReleaseReads(knex);
  }
}

function writeCursor({ sortedAt, id }: Position): string {
  return Buffer.from(JSON.stringify([sortedAt, id])).toString('base64url');
}

function readCursor(cursor: string): Position {
  try {
    const [sortedAt, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (typeof sortedAt === 'number' && typeof id === 'string') {
      return { sortedAt, id };
    }
  } catch {
    // Said below, as for any other text that is no cursor.
  }
  throw new InputError(
    'The cursor is not one that this API gave out. Start again without it.',
  );
}
