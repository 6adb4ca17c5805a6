import type { PodView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Button } from '@backstage/ui';
import {
  RiCheckLine,
  RiErrorWarningLine,
  RiHourglassLine,
} from '@remixicon/react';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './PodRow.module.css';

/** States that pass by themselves; another reason for not being ready does not. */
const PASSING = ['Pending', 'Running', 'ContainerCreating', 'Terminating'];

/** One pod: is it ready, why not, how often it restarted, and its log. */
export const PodRow = ({ pod, onLog }: { pod: PodView; onLog(): void }) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const stuck = !pod.ready && !PASSING.includes(pod.status);
  const waiting = stuck ? RiErrorWarningLine : RiHourglassLine;
  const Icon = pod.ready ? RiCheckLine : waiting;
  return (
    <li className={styles.pod} data-stuck={stuck || undefined}>
      <span className={styles.status}>
        <Icon size={14} aria-hidden="true" />
        {pod.status}
        {!pod.ready && !stuck && ` (${t('pods.notReady')})`}
      </span>
      <code className={styles.name}>{pod.name}</code>
      <span className={styles.quiet}>
        {pod.restarts > 0 && t('pods.restarts', { count: pod.restarts })}
      </span>
      <span className={styles.quiet}>
        {pod.createdAt && (
          <time dateTime={pod.createdAt} title={time.exact(pod.createdAt)}>
            {time.age(pod.createdAt, now)}
          </time>
        )}
      </span>
      <Button
        size="small"
        variant="tertiary"
        onPress={onLog}
        aria-label={t('pods.log.title', { pod: pod.name })}
      >
        {t('pods.log.show')}
      </Button>
      {pod.message && <span className={styles.message}>{pod.message}</span>}
    </li>
  );
};
