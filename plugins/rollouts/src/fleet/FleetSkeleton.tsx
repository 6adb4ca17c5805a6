import { Skeleton } from '@backstage/ui';
import styles from './FleetSkeleton.module.css';

const ROWS = 8;

/** The size of the first rows, so that nothing jumps. */
export const FleetSkeleton = () => (
  <div className={styles.skeleton} aria-busy="true" aria-hidden="true">
    {Array.from({ length: ROWS }, (_, row) => (
      <div key={row} className={styles.row}>
        <Skeleton width="70%" height={20} />
        <Skeleton width={120} height={22} />
        <Skeleton width="90%" height={20} />
        <Skeleton width={88} height={18} />
      </div>
    ))}
  </div>
);
