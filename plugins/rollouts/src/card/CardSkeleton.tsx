import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './RolloutBrief.module.css';

/** The size of a card with one rollout, line by line, so that nothing jumps. */
export const CardSkeleton = () => {
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.brief} aria-busy="true">
      <VisuallyHidden>
        <span role="status">{t('loading')}</span>
      </VisuallyHidden>
      <Skeleton width="70%" height={20} />
      <Skeleton width="90%" height={20} />
      <Skeleton width="100%" height={20} />
      <Skeleton width="60%" height={30} />
      <Skeleton width="80%" height={22} />
      <Skeleton width={220} height={32} />
    </div>
  );
};
