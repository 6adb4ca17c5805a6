import type { Knex } from 'knex';
import type { ApprovalFact, NewApprovalFact } from '../facts/ApprovalFact';
import { FACTS, SEQUENCE } from './rows';

/**
 * Puts facts on record in the transaction of what they tell of. The counter's
 * row stays locked until the transaction ends, so that nobody sees a fact
 * before one with a lower sequence.
 */
export async function appendFacts(
  trx: Knex.Transaction,
  facts: readonly NewApprovalFact[],
): Promise<ApprovalFact[]> {
  if (facts.length === 0) {
    return [];
  }
  await trx(SEQUENCE)
    .where({ id: 1 })
    .update({ value: trx.raw('value + ?', [facts.length]) });
  const { value } = await trx(SEQUENCE).where({ id: 1 }).first('value');
  const first = Number(value) - facts.length + 1;
  const recorded = facts.map(
    (fact, index) => ({ ...fact, sequence: first + index }) as ApprovalFact,
  );
  await trx(FACTS).insert(
    recorded.map(fact => ({
      sequence: fact.sequence,
      request_id: fact.requestId ?? null,
      kind: fact.kind,
      fact: JSON.stringify(fact),
      at: fact.at,
    })),
  );
  return recorded;
}
