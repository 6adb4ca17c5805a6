import type { Release } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiEyeOffLine } from '@remixicon/react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ReleaseGaps.module.css';

/** When nobody watched, and why. */
export const ReleaseGaps = ({
  release,
}: {
  release: Pick<Release, 'gapsIn'>;
}) => {
  const { t, time } = useRolloutsTranslation();
  return release.gapsIn.length === 0 ? null : (
    <ul className={styles.gaps} aria-label={t('history.gaps.title')}>
      {release.gapsIn.map(({ from, to, cause }) => (
        <li key={`${from} ${to}`} title={time.exact(to)}>
          <RiEyeOffLine size={16} aria-hidden="true" />
          <span>
            {t('history.gaps.title')}{' '}
            {from
              ? t('history.gaps.span', {
                  from: time.clock(from),
                  to: time.clock(to),
                })
              : t('history.gaps.until', { to: time.clock(to) })}
            {': '}
            {t(`history.gaps.cause.${cause}`)}
          </span>
        </li>
      ))}
    </ul>
  );
};
