import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { shownPhase } from './phaseLook';

/**
 * Says the sentence to screen readers when the phase changes: politely, and
 * at once when the rollout went back by itself or by hand. Says nothing on
 * arrival, since the sentence is on the page.
 */
export const PhaseAnnouncer = ({ rollout }: { rollout: RolloutSummary }) => {
  const phase = shownPhase(rollout);
  const before = useRef(phase);
  const [said, setSaid] = useState<{ text: string; urgent: boolean }>();
  const { sentence } = rollout;
  const { name } = rollout.ref;
  useEffect(() => {
    if (before.current !== phase) {
      before.current = phase;
      setSaid({ text: `${name}: ${sentence}`, urgent: phase === 'Aborted' });
    }
  }, [phase, sentence, name]);
  return (
    <VisuallyHidden>
      <div role="status">{said && !said.urgent ? said.text : ''}</div>
      <div role="alert">{said?.urgent ? said.text : ''}</div>
    </VisuallyHidden>
  );
};
