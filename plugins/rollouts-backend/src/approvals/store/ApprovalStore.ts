import type { Knex } from 'knex';
import type { ApprovalFact, NewApprovalFact } from '../facts/ApprovalFact';
import { appendFacts } from './appendFacts';
import { ApprovalClaims } from './ApprovalClaims';
import { ApprovalReads } from './ApprovalReads';
import type {
  ApprovalRecord,
  CommentRecord,
  NewApproval,
  VoteRecord,
} from './ApprovalRecord';
import {
  readOne,
  setState,
  type ApprovalTransactions,
  type Change,
} from './ApprovalTransactions';
import { factOf } from './factOf';
import { readRecords } from './readRecords';
import {
  COMMENTS,
  EXECUTIONS,
  PEOPLE,
  REQUESTS,
  openKeyOf,
  toRow,
  type PersonRow,
  type RequestRow,
} from './rows';

export type VoteOutcome =
  | ({ outcome: 'counted' } & Change)
  /** `ended`: it was no longer pending; `taken`: the person has no vote (left). */
  | ({ outcome: 'ended' | 'taken' } & Change);

/** Requests and what people say to them, shared by all replicas. */
export class ApprovalStore {
  readonly claims: ApprovalClaims;
  readonly reads: ApprovalReads;

  constructor(private readonly transactions: ApprovalTransactions) {
    this.claims = new ApprovalClaims(transactions);
    this.reads = new ApprovalReads(transactions.knex);
  }

  /** Milliseconds since the epoch, by the database's clock. */
  now(): Promise<number> {
    return this.transactions.now();
  }

  /**
   * Puts a request on record, unless its key is known or one is open for the
   * same: then it returns that one.
   */
  async create(request: NewApproval): Promise<Change & { created: boolean }> {
    return this.transactions.run(async trx => {
      const now = await this.transactions.now(trx);
      await trx<RequestRow>(REQUESTS)
        .insert(toRow(request, now))
        .onConflict()
        .ignore();
      const [found] = await readRecords(trx, query =>
        query
          .where({ idempotency_key: request.idempotencyKey })
          .orWhere({ open_key: openKeyOf(request) })
          .orderByRaw(
            'case when idempotency_key = ? then 0 else 1 end',
            request.idempotencyKey,
          ),
      );
      if (!found) {
        throw new Error(`The record of request ${request.id} is gone`);
      }
      if (found.id !== request.id) {
        return { request: found, facts: [], created: false };
      }
      if (request.barred.length > 0) {
        await trx<PersonRow>(PEOPLE).insert(
          request.barred.map(({ person, role }) => ({
            request_id: request.id,
            person,
            role,
            counts_as: '[]',
            reason: null,
            on_behalf_of: null,
            at: now,
          })),
        );
      }
      const change = await this.transactions.changed(trx, request.id, [
        {
          ...factOf(found, now),
          kind: 'requested',
          by: request.requestedBy,
          label: request.label,
          reason: request.reason,
          policies: request.policies.map(({ policy }) => policy.name),
          approvers: [
            ...new Set(request.policies.flatMap(each => each.approvers)),
          ],
          authors: request.authors,
          expiresAt: found.expiresAt,
        },
      ]);
      return { ...change, created: true };
    });
  }

  /**
   * Counts one vote. `decide` says what the votes amount to, with this one;
   * it is asked while nobody else can vote.
   */
  async vote(
    id: string,
    vote: Omit<VoteRecord, 'at'> & { represents?: string },
    decide: (request: ApprovalRecord) => 'approved' | 'pending',
  ): Promise<VoteOutcome> {
    return this.transactions.run(async trx => {
      const { now, current, facts } = await this.transactions.lock(trx, id);
      if (current.state !== 'pending') {
        return { outcome: 'ended', request: current, facts };
      }
      const people = [
        personRow(id, now, {
          ...vote,
          role: vote.decision,
        }),
        ...(vote.represents
          ? [
              personRow(id, now, {
                person: vote.represents,
                role: 'represented',
              }),
            ]
          : []),
      ];
      // The primary key has one place for each person.
      const inserted = await trx<PersonRow>(PEOPLE)
        .insert(people)
        .onConflict(['request_id', 'person'])
        .ignore()
        .returning('person');
      if (inserted.length < people.length) {
        await this.#takeBack(
          trx,
          id,
          inserted.map(({ person }) => person),
        );
        return { outcome: 'taken', request: current, facts };
      }
      return {
        outcome: 'counted',
        ...(await this.#counted(trx, id, vote, decide, now)),
      };
    });
  }

  /**
   * Ends a request without effect, unless it has ended or is being carried out
   * by another action than `actionId`.
   */
  async end(
    id: string,
    to: 'withdrawn' | 'voided',
    {
      reason,
      by,
      actionId,
    }: { reason?: string; by?: string; actionId?: string },
  ): Promise<Change & { ended: boolean }> {
    return this.transactions.run(async trx => {
      const { now, current, facts } = await this.transactions.lock(trx, id);
      const { state, execution } = current;
      const isOwn =
        state === 'executing' &&
        actionId !== undefined &&
        execution?.actionId === actionId;
      if (state !== 'pending' && state !== 'approved' && !isOwn) {
        return { request: current, facts, ended: false };
      }
      if (isOwn) {
        await trx(EXECUTIONS).where({ request_id: id }).delete();
      }
      const fact: NewApprovalFact =
        to === 'withdrawn'
          ? { ...factOf(current, now), kind: to, by: by ?? '', reason }
          : {
              ...factOf(current, now),
              kind: to,
              requestedBy: current.requestedBy,
              reason: reason ?? '',
            };
      await setState(trx, id, to, { reason, endedAt: now });
      return {
        ...(await this.transactions.changed(trx, id, [fact])),
        ended: true,
      };
    });
  }

  async comment(
    id: string,
    comment: Omit<CommentRecord, 'at'>,
  ): Promise<Change> {
    return this.transactions.run(async trx => {
      const { now, current, facts } = await this.transactions.lock(trx, id);
      await trx(COMMENTS).insert({
        id: comment.id,
        request_id: id,
        person: comment.person,
        comment: comment.text,
        at: now,
      });
      const change = await this.transactions.changed(trx, id, [
        {
          ...factOf(current, now),
          kind: 'commented',
          by: comment.person,
          text: comment.text,
        },
      ]);
      return { ...change, facts: [...facts, ...change.facts] };
    });
  }

  /** Records something that belongs to no request. */
  async record(
    fact: (now: number) => NewApprovalFact,
  ): Promise<{ facts: ApprovalFact[] }> {
    return this.transactions.run(async trx => ({
      facts: await appendFacts(trx, [fact(await this.transactions.now(trx))]),
    }));
  }

  /** Ends what has outlived its time. */
  async expire(id: string): Promise<Change> {
    return this.transactions.run(async trx => {
      const { current, facts } = await this.transactions.lock(trx, id);
      return { request: current, facts };
    });
  }

  async #counted(
    trx: Knex.Transaction,
    id: string,
    { person, decision, reason, onBehalfOf }: Omit<VoteRecord, 'at'>,
    decide: (request: ApprovalRecord) => 'approved' | 'pending',
    now: number,
  ): Promise<Change> {
    const current = await readOne(trx, id);
    const base = { ...factOf(current, now), by: person };
    const { requestedBy } = current;
    if (decision === 'reject') {
      await setState(trx, id, 'rejected', { reason, endedAt: now });
      return this.transactions.changed(trx, id, [
        { ...base, kind: 'rejected', requestedBy, reason: reason ?? '' },
      ]);
    }
    const voted: NewApprovalFact = {
      ...base,
      kind: 'voted',
      reason,
      onBehalfOf,
    };
    if (decide(current) === 'pending') {
      return this.transactions.changed(trx, id, [voted]);
    }
    await setState(trx, id, 'approved', {});
    const acts = current.policies.every(
      ({ policy }) => policy.onApproval === 'act',
    );
    return this.transactions.changed(trx, id, [
      voted,
      {
        ...base,
        kind: 'approved',
        requestedBy,
        onApproval: acts ? 'act' : 'unlock',
      },
    ]);
  }

  async #takeBack(
    trx: Knex.Transaction,
    id: string,
    persons: string[],
  ): Promise<void> {
    await trx(PEOPLE)
      .where({ request_id: id })
      .whereIn('person', persons)
      .delete();
  }
}

function personRow(
  id: string,
  at: number,
  {
    person,
    role,
    countsAs = [],
    reason,
    onBehalfOf,
  }: Pick<PersonRow, 'person' | 'role'> & Partial<VoteRecord>,
): PersonRow {
  return {
    request_id: id,
    person,
    role,
    counts_as: JSON.stringify(countsAs),
    reason: reason ?? null,
    on_behalf_of: onBehalfOf ?? null,
    at,
  };
}
