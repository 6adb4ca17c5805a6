import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Knex } from 'knex';
import type { ActionIntent, ActionOutcome, ActionRecord } from './ActionRecord';

const TABLE = 'rollouts_actions';

interface Row {
  id: string;
  idempotency_key: string;
  request_hash: string;
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  action: string;
  principal: string;
  entity_ref: string;
  reason: string | null;
  /** SQLite hands booleans out as numbers. */
  emergency: boolean | number;
  state: string;
  outcome: string | null;
  /** PostgreSQL hands big integers out as text. */
  started_at: number | string;
  changed_at: number | string;
}

/** The record of actions, shared by all replicas of the backend. */
export class ActionStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Puts an intent on record. Exactly one of all who try with the same key
   * gets `undefined` and is to carry it out; the others get the first one's
   * record.
   */
  async begin(intent: ActionIntent): Promise<ActionRecord | undefined> {
    await this.knex<Row>(TABLE)
      .insert(toRow(intent))
      .onConflict('idempotency_key')
      .ignore();
    const found = await this.find(intent.idempotencyKey);
    if (!found) {
      throw new Error(`The record of action ${intent.id} is gone`);
    }
    return found.id === intent.id ? undefined : found;
  }

  /**
   * Takes over a record that whoever began it never finished, or that found
   * no cluster. Returns whether this caller is the one that did.
   */
  async takeOver(record: ActionRecord, now: number): Promise<boolean> {
    const changed = await this.knex<Row>(TABLE)
      .where({ id: record.id, changed_at: record.changedAt })
      .update({ state: 'started', outcome: null, changed_at: now });
    return changed === 1;
  }

  async find(idempotencyKey: string): Promise<ActionRecord | undefined> {
    const row = await this.knex<Row>(TABLE)
      .where({ idempotency_key: idempotencyKey })
      .first();
    return row && fromRow(row);
  }

  async get(id: string): Promise<ActionRecord | undefined> {
    const row = await this.knex<Row>(TABLE).where({ id }).first();
    return row && fromRow(row);
  }

  /** The last change of the version that took effect there. */
  async lastChange(uid: string): Promise<ActionRecord | undefined> {
    const row = await this.knex<Row>(TABLE)
      .where({ uid, state: 'done' })
      .whereIn('action', ['set-image', 'undo'])
      .orderBy('changed_at', 'desc')
      .first();
    return row && fromRow(row);
  }

  async finish(id: string, outcome: ActionOutcome, now: number): Promise<void> {
    await this.knex<Row>(TABLE)
      .where({ id })
      .update({
        state: 'result' in outcome ? 'done' : 'refused',
        outcome: JSON.stringify(outcome),
        changed_at: now,
      });
  }

  /** Finished ones that changed at or after a time, oldest first. */
  async finishedSince(time: number, limit: number): Promise<ActionRecord[]> {
    const rows = await this.knex<Row>(TABLE)
      .where('changed_at', '>=', time)
      .whereNot({ state: 'started' })
      .orderBy('changed_at', 'asc')
      .limit(limit);
    return rows.map(fromRow);
  }

  /** The ones finished last, oldest of them first. */
  async latest(limit: number): Promise<ActionRecord[]> {
    const rows = await this.knex<Row>(TABLE)
      .whereNot({ state: 'started' })
      .orderBy('changed_at', 'desc')
      .limit(limit);
    return rows.map(fromRow).reverse();
  }
}

function toRow(intent: ActionIntent): Row {
  return {
    id: intent.id,
    idempotency_key: intent.idempotencyKey,
    request_hash: intent.requestHash,
    ...intent.ref,
    uid: intent.uid,
    action: intent.action,
    principal: intent.principal,
    entity_ref: intent.entityRef,
    reason: intent.reason ?? null,
    emergency: intent.emergency ?? false,
    state: 'started',
    outcome: null,
    started_at: intent.startedAt,
    changed_at: intent.startedAt,
  };
}

function fromRow(row: Row): ActionRecord {
  return {
    id: row.id,
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    ref: { cluster: row.cluster, namespace: row.namespace, name: row.name },
    uid: row.uid,
    action: row.action as RolloutAction,
    principal: row.principal,
    entityRef: row.entity_ref,
    reason: row.reason ?? undefined,
    emergency: Boolean(row.emergency),
    startedAt: Number(row.started_at),
    changedAt: Number(row.changed_at),
    outcome: row.outcome === null ? undefined : JSON.parse(row.outcome),
  };
}
