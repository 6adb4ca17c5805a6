import { Button } from '@backstage/ui';
import { RiCheckLine, RiLoader4Line } from '@remixicon/react';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { ActionProgress } from './useActionProgress';
import styles from './ActionBar.module.css';

/** After this long without effect the line says so, milliseconds. */
const SLOW_MS = 20_000;

/** "accepted", "done" only once it was seen, or that it takes long. */
export const ProgressLine = (props: {
  progress: ActionProgress | undefined;
  onDismiss(): void;
}) => {
  const { progress } = props;
  const { t } = useRolloutsTranslation();
  const slow = useNow(1000) - (progress?.at ?? 0) > SLOW_MS;
  return (
    <div role="status" className={styles.progress}>
      {progress && (
        <Words
          progress={progress}
          slow={slow && progress.state === 'accepted'}
        />
      )}
      {progress && slow && (
        <Button size="small" variant="tertiary" onPress={props.onDismiss}>
          {t('actions.progress.dismiss')}
        </Button>
      )}
    </div>
  );
};

function Words(props: { progress: ActionProgress; slow: boolean }) {
  const { t, time } = useRolloutsTranslation();
  const { state, label, at } = props.progress;
  const now = useNow(5000);
  if (state === 'done' || state === 'unchanged') {
    return (
      <span className={styles.done}>
        <RiCheckLine size={16} aria-hidden="true" />
        {t(`actions.progress.${state}`, { action: label })}
      </span>
    );
  }
  return (
    <span className={styles.waiting}>
      <RiLoader4Line size={16} aria-hidden="true" className={styles.turning} />
      {props.slow
        ? t('actions.progress.waiting', {
            action: label,
            age: time.age(new Date(at).toISOString(), now),
            hint: t('actions.progress.waitingHint'),
          })
        : t('actions.progress.accepted', { action: label })}
    </span>
  );
}
