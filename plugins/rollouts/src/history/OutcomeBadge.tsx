import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { outcomeLook, outcomeWords } from './outcomeLook';
import styles from './OutcomeBadge.module.css';

/** How a release ended, in words and colour; the icon stands on the line of time. */
export const OutcomeBadge = ({
  release,
}: {
  release: Pick<ReleaseSummary, 'outcome' | 'cause' | 'rolledBackBy'>;
}) => {
  const { t } = useRolloutsTranslation();
  const { tone } = outcomeLook(release);
  return (
    <span className={styles.badge} data-tone={tone}>
      {outcomeWords(release, t)}
    </span>
  );
};
