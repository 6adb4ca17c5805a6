import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RiArrowGoBackLine,
  RiCheckboxCircleLine,
  RiDeleteBinLine,
  RiLoader4Line,
  RiQuestionLine,
  RiSkipForwardLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { Translate } from '../translation/ref';

export type OutcomeTone = 'success' | 'info' | 'warning' | 'danger' | 'neutral';

/** How an outcome is shown: by icon, word and colour. */
export function outcomeLook({
  outcome,
  rolledBackBy,
}: Pick<ReleaseSummary, 'outcome' | 'rolledBackBy'>): {
  icon: RemixiconComponentType;
  tone: OutcomeTone;
} {
  switch (outcome) {
    case 'completed':
      return {
        icon: RiCheckboxCircleLine,
        tone: rolledBackBy ? 'warning' : 'success',
      };
    case 'aborted':
      return { icon: RiArrowGoBackLine, tone: 'danger' };
    case 'in-progress':
      return { icon: RiLoader4Line, tone: 'info' };
    case 'superseded':
      return { icon: RiSkipForwardLine, tone: 'neutral' };
    case 'deleted':
      return { icon: RiDeleteBinLine, tone: 'neutral' };
    default:
      return { icon: RiQuestionLine, tone: 'neutral' };
  }
}

/** The outcome in words; an abort says what it came from. */
export function outcomeWords(
  {
    outcome,
    cause,
    rolledBackBy,
  }: Pick<ReleaseSummary, 'outcome' | 'cause' | 'rolledBackBy'>,
  t: Translate,
): string {
  if (outcome === 'aborted') {
    return t(`history.aborted.${cause ?? 'unknown'}`);
  }
  const words = t(`history.outcome.${outcome}`);
  return outcome === 'completed' && rolledBackBy
    ? `${words}, ${t('history.rolledBackLater')}`
    : words;
}
