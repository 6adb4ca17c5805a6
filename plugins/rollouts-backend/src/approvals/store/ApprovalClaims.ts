import type { ApprovalTransactions, Change } from './ApprovalTransactions';
import { setState } from './ApprovalTransactions';
import { factOf } from './factOf';
import { EXECUTIONS, type ExecutionRow } from './rows';

/** After so long whoever began to carry it out is taken for dead. */
export const ABANDONED_MILLISECONDS = 60_000;

/** The one right to carry an approved request out. */
export class ApprovalClaims {
  constructor(private readonly transactions: ApprovalTransactions) {}

  /**
   * Takes the one right to carry an approved request out. The same action may
   * take it again; another may when the first was abandoned.
   */
  async claim(
    id: string,
    actionId: string,
    person: string,
  ): Promise<Change & { claimed: boolean }> {
    return this.transactions.run(async trx => {
      const { now, current, facts } = await this.transactions.lock(trx, id);
      const { execution, state } = current;
      if (state === 'executing' && execution?.actionId === actionId) {
        return { request: current, facts, claimed: true };
      }
      const abandoned =
        state === 'executing' &&
        execution !== undefined &&
        now - execution.claimedAt > ABANDONED_MILLISECONDS;
      if (state !== 'approved' && !abandoned) {
        return { request: current, facts, claimed: false };
      }
      if (abandoned) {
        await trx(EXECUTIONS).where({ request_id: id }).delete();
      }
      await trx<ExecutionRow>(EXECUTIONS).insert({
        request_id: id,
        action_id: actionId,
        person,
        claimed_at: now,
        finished_at: null,
        message: null,
      });
      await setState(trx, id, 'executing', {});
      return {
        ...(await this.transactions.changed(trx, id, [])),
        claimed: true,
      };
    });
  }

  /** What became of a claim: done for good, or given back. */
  async settle(
    actionId: string,
    outcome: { done: true; message: string } | { done: false },
  ): Promise<Change | undefined> {
    return this.transactions.run(async trx => {
      const claim = await trx<ExecutionRow>(EXECUTIONS)
        .where({ action_id: actionId })
        .first();
      if (!claim) {
        return undefined;
      }
      const id = claim.request_id;
      const { now, current } = await this.transactions.lock(trx, id, false);
      if (
        current.execution?.actionId !== actionId ||
        current.execution.finishedAt
      ) {
        return { request: current, facts: [] };
      }
      if (!outcome.done) {
        await trx(EXECUTIONS).where({ request_id: id }).delete();
        await setState(trx, id, 'approved', {});
        return this.transactions.changed(trx, id, []);
      }
      const { message } = outcome;
      await trx(EXECUTIONS)
        .where({ request_id: id })
        .update({ finished_at: now, message });
      await setState(trx, id, 'executed', { endedAt: now });
      return this.transactions.changed(trx, id, [
        {
          ...factOf(current, now),
          kind: 'executed',
          by: claim.person,
          requestedBy: current.requestedBy,
          actionId,
          message,
        },
      ]);
    });
  }
}
