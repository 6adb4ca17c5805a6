import type { ActionRecord } from '../../database/ActionRecord';
import type { FactData } from '../facts/HistoryFact';

/** An action as the history keeps it: who, what, why, and what became of it. */
export function toActionData(
  record: ActionRecord,
  through: string | undefined,
): FactData['action'] {
  const { id, action, principal, reason, startedAt, changedAt, outcome } =
    record;
  const refused = outcome && 'refusal' in outcome ? outcome.refusal : undefined;
  const result = outcome && 'result' in outcome ? outcome.result : undefined;
  return {
    id,
    action,
    at: new Date(startedAt).toISOString(),
    endedAt: outcome && new Date(changedAt).toISOString(),
    by: principal,
    through,
    reason,
    outcome: refused ? 'refused' : outcomeOf(result?.outcome),
    message: refused?.message ?? result?.message,
  };
}

function outcomeOf(
  outcome: 'applied' | 'sent' | 'unchanged' | 'dry-run' | undefined,
): FactData['action']['outcome'] {
  return outcome === undefined || outcome === 'dry-run' ? 'pending' : outcome;
}
