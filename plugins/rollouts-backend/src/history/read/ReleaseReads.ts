import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Knex } from 'knex';
import { isOneOf } from '../../database/isOneOf';
import type { HistoryEntry } from '../facts/HistoryFact';
import { ACTION_WINDOW_MILLISECONDS, STARTING } from '../store/ReleaseRecord';
import {
  ENTITIES,
  ENTRIES,
  IMAGES,
  PEOPLE,
  RELEASES,
  summaryOf,
  toEntry,
  type EntryRow,
  type ReleaseRow,
} from '../store/rows';
import type { MeasuredRelease } from './measures/measure';
import type { Position, ReleaseFilter, Visible } from './ReleaseQuery';

/** The begin of a release may be a time of the cluster, in whole seconds. */
const SECOND = 1_000;

/** A release with where it stands. */
export interface StoredRelease {
  summary: ReleaseSummary;
  position: Position;
  row: ReleaseRow;
}

/** Reads releases from the read model, and the entries of one from its chain. */
export class ReleaseReads {
  constructor(private readonly knex: Knex) {}

  /** Newest first. */
  async page(
    filter: ReleaseFilter,
    visible: Visible,
    limit: number,
    after?: Position,
  ): Promise<StoredRelease[]> {
    const query = this.#matching(filter, visible)
      .orderBy([
        { column: 'r.sorted_at', order: 'desc' },
        { column: 'r.id', order: 'desc' },
      ])
      .limit(limit);
    if (after) {
      query.where(next =>
        next
          .where('r.sorted_at', '<', after.sortedAt)
          .orWhere(same =>
            same
              .where('r.sorted_at', after.sortedAt)
              .where('r.id', '<', after.id),
          ),
      );
    }
    return (await query).map(toRelease);
  }

  async find(id: string): Promise<StoredRelease | undefined> {
    const row = await this.knex<ReleaseRow>(RELEASES).where({ id }).first();
    return row && toRelease(row);
  }

  /**
   * What is on record of one release, in the order of its chain: with the
   * action that set it off, which is of the time before it.
   */
  async entries({
    id,
    stream,
    started_at,
  }: ReleaseRow): Promise<HistoryEntry[]> {
    const begun = Number(started_at ?? 0);
    const own = await this.knex<EntryRow>(ENTRIES)
      .where({ release_id: id })
      .orderBy('seq');
    const before = await this.knex<EntryRow>(ENTRIES)
      .where({ stream, kind: 'action' })
      .where(other =>
        other.whereNull('release_id').orWhereNot('release_id', id),
      )
      .whereBetween('at', [begun - ACTION_WINDOW_MILLISECONDS, begun + SECOND])
      .orderBy('seq');
    return [
      ...before
        .map(toEntry)
        .filter(
          entry => entry.kind === 'action' && STARTING.has(entry.data.action),
        ),
      ...own.map(toEntry),
    ];
  }

  /** What measures need of all releases that match, without their summaries. */
  measured(filter: ReleaseFilter): Promise<MeasuredRelease[]> {
    return this.#matching(filter, { all: true })
      .clearSelect()
      .select(
        'r.outcome',
        'r.started_at',
        'r.ended_at',
        'r.restored_at',
        'r.committed_at',
        'r.rolled_back_at',
        'r.end_observed',
      );
  }

  /** The release of the same object before this one. */
  async previous(row: ReleaseRow): Promise<string | undefined> {
    const before = await this.knex<ReleaseRow>(RELEASES)
      .where({ stream: row.stream })
      .where('first_seq', '<', row.first_seq)
      .orderBy('first_seq', 'desc')
      .first('id');
    return before?.id;
  }

  /** The template of a version, as recorded at any release of the object. */
  async template(stream: string, podHash: string): Promise<unknown> {
    const row = await this.knex<EntryRow>(ENTRIES)
      .where({ stream, fact_key: `template/${podHash}` })
      .first();
    const entry = row && toEntry(row);
    return entry?.kind === 'template' ? entry.data.template : undefined;
  }

  /** The entities of matching releases, to ask which of them may be seen. */
  async entityRefs(filter: ReleaseFilter): Promise<string[]> {
    const rows = await this.knex(ENTITIES)
      .distinct<{ entity_ref: string }[]>('entity_ref')
      .whereIn(
        'release_id',
        this.#matching(filter, { all: true }).clearSelect().select('r.id'),
      );
    return rows.map(({ entity_ref }) => entity_ref);
  }

  #matching(filter: ReleaseFilter, visible: Visible) {
    const { knex } = this;
    const query = knex<ReleaseRow>({ r: RELEASES }).select('r.*');
    const { cluster, namespace, rollout, outcomes, image, person } = filter;
    if (cluster !== undefined) query.where('r.cluster', cluster);
    if (namespace !== undefined) query.where('r.namespace', namespace);
    if (rollout !== undefined) query.where('r.name', rollout);
    if (outcomes?.length) query.whereIn('r.outcome', outcomes);
    if (filter.to !== undefined) query.where('r.sorted_at', '<', filter.to);
    const { from, ended } = filter;
    if (from !== undefined) {
      query.where(open =>
        open
          .where('r.ended_at', '>=', from)
          .orWhere('r.sorted_at', '>=', from)
          .orWhere('r.outcome', 'in-progress'),
      );
    }
    if (ended) {
      query.whereBetween('r.ended_at', [ended.from, ended.to - 1]);
    }
    if (image !== undefined) {
      const pattern = `%${image.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      query.whereIn(
        'r.id',
        knex(IMAGES)
          .select('release_id')
          .whereRaw(`lower(image) LIKE ? ESCAPE '\\'`, [pattern]),
      );
    }
    if (person !== undefined) {
      query.whereIn(
        'r.id',
        knex(PEOPLE).select('release_id').where({ person }),
      );
    }
    if (!visible.all) {
      // One set for all rows, instead of a look for each.
      query.whereIn(
        'r.id',
        knex(ENTITIES)
          .select('release_id')
          .where(isOneOf(knex, 'entity_ref', visible.entityRefs))
          .union(
            knex<ReleaseRow>(RELEASES)
              .select('id')
              .where(isOneOf(knex, 'uid', visible.uids)),
          ),
      );
    }
    return query;
  }
}

function toRelease(row: ReleaseRow): StoredRelease {
  return {
    summary: summaryOf(row),
    position: { sortedAt: Number(row.sorted_at), id: row.id },
    row,
  };
}
