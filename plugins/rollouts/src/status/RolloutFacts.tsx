import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { ImageDiff } from './ImageDiff';
import styles from './RolloutFacts.module.css';

/** Where it runs and how, what is being released and since when. */
export const RolloutFacts = ({ rollout }: { rollout: RolloutDetail }) => {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const { ref, startedAt, router } = rollout;
  const strategy = t(`strategy.${rollout.strategy}`);
  let how: string = strategy;
  if (router) {
    how = t('strategy.over', { strategy, router });
  } else if (rollout.strategy === 'canary') {
    how = t('strategy.byReplicas', { strategy });
  }
  return (
    <div className={styles.facts}>
      <span>
        {t('header.where', { cluster: ref.cluster, namespace: ref.namespace })}
        {' · '}
        {how}
      </span>
      <span className={styles.release}>
        <ImageDiff images={rollout.images} />
        {startedAt && (
          <time dateTime={startedAt} title={time.exact(startedAt)}>
            {time.age(startedAt, now)}
          </time>
        )}
      </span>
    </div>
  );
};
