import type { Knex } from 'knex';
import type { ApprovalFact } from '../facts/ApprovalFact';
import { OPEN_STATES, type ApprovalRecord } from './ApprovalRecord';
import { readRecords } from './readRecords';
import { FACTS, REQUESTS, type RequestRow } from './rows';

/** What is on record, read. */
export class ApprovalReads {
  constructor(private readonly knex: Knex) {}

  async find(id: string): Promise<ApprovalRecord | undefined> {
    const [found] = await readRecords(this.knex, query => query.where({ id }));
    return found;
  }

  /** All that can still have an effect. */
  open(): Promise<ApprovalRecord[]> {
    return readRecords(this.knex, query =>
      query.whereIn('state', [...OPEN_STATES]).orderBy('expires_at'),
    );
  }

  /** Of one rollout. */
  openOf(uid: string): Promise<ApprovalRecord[]> {
    return readRecords(this.knex, query =>
      query.where({ uid }).whereIn('state', [...OPEN_STATES]),
    );
  }

  /** Newest first; `before` is the last one of the page before. */
  async page(
    where: Partial<
      Pick<RequestRow, 'cluster' | 'namespace' | 'name' | 'entity_ref'>
    >,
    options: {
      open: boolean;
      limit: number;
      before?: { createdAt: number; id: string };
    },
  ): Promise<{ items: ApprovalRecord[]; total: number }> {
    const { open, limit, before } = options;
    const matching = (query: Knex.QueryBuilder) => {
      query.where(where);
      if (open) {
        query.whereIn('state', [...OPEN_STATES]);
      }
    };
    const items = await readRecords(this.knex, query => {
      matching(query);
      if (before) {
        query.where(older =>
          older
            .where('created_at', '<', before.createdAt)
            .orWhere(same =>
              same
                .where('created_at', before.createdAt)
                .where('id', '<', before.id),
            ),
        );
      }
      query
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
    });
    const [{ count }] = (await this.knex(REQUESTS)
      .modify(matching)
      .count({ count: '*' })) as [{ count: number | string }];
    return { items, total: Number(count) };
  }

  async factsSince(sequence: number, limit: number): Promise<ApprovalFact[]> {
    const rows = await this.knex(FACTS)
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(limit);
    return rows.map(({ fact }) => JSON.parse(fact));
  }
}
