import { Alert, Button } from '@backstage/ui';
import type { Entity } from '@backstage/catalog-model';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntityRollouts } from '../live/useEntityRollouts';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { ROLLOUTS_ANNOTATIONS } from './isRolloutsAvailable';
import styles from './EntityRolloutsState.module.css';

/** Nothing could be read: why, and what to do. */
export const ReadError = ({ error, retry }: EntityRollouts) => {
  const { t } = useRolloutsTranslation();
  const forbidden = error?.name === 'ResponseError' && statusOf(error) === 403;
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title={forbidden ? t('error.notPermitted') : t('error.title')}
        description={forbidden ? t('error.notPermittedHint') : error?.message}
        customActions={
          <Button size="small" variant="secondary" onPress={retry}>
            {t('error.retry')}
          </Button>
        }
      />
    </div>
  );
};

function statusOf(error: Error): number | undefined {
  return 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

/** Annotated, but nothing carries the label. */
export const NoRollouts = (props: {
  entity: Entity;
  value: EntityRolloutsResponse;
}) => {
  const { t } = useRolloutsTranslation();
  const annotation = ROLLOUTS_ANNOTATIONS.find(
    name => props.entity.metadata.annotations?.[name],
  );
  const clusters = props.value.clusters.map(({ title, name }) => title ?? name);
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{t('empty.title')}</p>
      <p className={styles.text}>
        {t('empty.description', {
          clusters: clusters.join(', ') || t('empty.anyCluster'),
        })}
      </p>
      {annotation && (
        <p className={styles.text}>
          {t('empty.selected', {
            annotation: `${annotation}: ${props.entity.metadata.annotations?.[annotation]}`,
          })}
        </p>
      )}
    </div>
  );
};
