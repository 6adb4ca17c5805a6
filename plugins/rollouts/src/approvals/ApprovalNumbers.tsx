import type {
  ApprovalSnapshot,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { numberRows, type NumberRow } from './numberRows';
import styles from './ApprovalNumbers.module.css';

/** What was seen when it was asked, what is to be seen now, and what differs. */
export const ApprovalNumbers = (props: {
  snapshot: ApprovalSnapshot;
  rollout: RolloutDetail;
}) => {
  const { t, time } = useRolloutsTranslation();
  const rows = numberRows(props.snapshot, props.rollout);
  const name = (row: NumberRow) =>
    row.kind === 'metric' ? row.name : t(`approvals.numbers.${row.kind}`);
  return (
    <table className={styles.numbers} aria-label={t('approvals.numbers.title')}>
      <thead>
        <tr>
          <th scope="col">{t('approvals.numbers.what')}</th>
          <th scope="col" title={time.exact(props.snapshot.at)}>
            {t('approvals.numbers.then')}
          </th>
          <th scope="col">{t('approvals.numbers.now')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={`${row.kind} ${row.name ?? ''}`}>
            <th scope="row">{name(row)}</th>
            <td>{row.then ?? t('approvals.numbers.none')}</td>
            <td
              data-changed={row.changed || undefined}
              data-failing={row.failing || undefined}
            >
              {row.now ?? t('approvals.numbers.none')}
              {row.changed && (
                <span className={styles.quiet}>
                  {' · '}
                  {t('approvals.numbers.changed')}
                </span>
              )}
              {row.needs && (
                <span className={styles.quiet}>
                  {' · '}
                  {t('metrics.needs', { threshold: row.needs })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
