import { Alert, Button } from '@backstage/ui';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './FleetProblem.module.css';

/** Nothing could be read: why, and what to do. */
export const FleetProblem = (props: { error: Error; retry(): void }) => {
  const { t } = useRolloutsTranslation();
  const { error, retry } = props;
  const forbidden = 'statusCode' in error && error.statusCode === 403;
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title={t(forbidden ? 'fleet.error.forbidden' : 'fleet.error.title')}
        description={
          forbidden
            ? t('fleet.error.forbiddenHint')
            : `${error.message} ${t('fleet.error.hint')}`
        }
        customActions={
          <Button size="small" variant="secondary" onPress={retry}>
            {t('error.retry')}
          </Button>
        }
      />
    </div>
  );
};

/** There is nothing to show. */
export const NoFleet = (props: { filtered: boolean; clusters: number }) => {
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.empty}>
      {props.filtered ? (
        <p>{t('fleet.empty.filtered')}</p>
      ) : (
        <>
          <p className={styles.title}>{t('fleet.empty.title')}</p>
          <p>
            {t(
              props.clusters === 0
                ? 'fleet.empty.noClusters'
                : 'fleet.empty.description',
            )}
          </p>
        </>
      )}
    </div>
  );
};
