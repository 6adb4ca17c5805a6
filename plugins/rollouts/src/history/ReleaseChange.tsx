import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Select, Skeleton } from '@backstage/ui';
import type {
  Release,
  ReleaseComparison,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { lazy, Suspense, useCallback } from 'react';
import { historyApiRef } from '../api/HistoryApi';
import { useRead } from '../api/useRead';
import { useNow } from '../live/useNow';
import { ImageDiff } from '../status/ImageDiff';
import { parseImage } from '../format/image';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ReleaseChange.module.css';

const TemplateDiffView = lazy(async () => ({
  default: (await import('./TemplateDiffView')).TemplateDiffView,
}));

/** What differs from another release: images, and the pod template as a diff. */
export const ReleaseChange = (props: {
  release: Release;
  /** The others that are in the list. */
  releases: ReleaseSummary[];
  against?: string;
  onAgainst(id: string | undefined): void;
}) => {
  const { release } = props;
  const { t, time } = useRolloutsTranslation();
  const now = useNow(60_000);
  const api = useApi(historyApiRef);
  const against = props.against ?? release.previous;
  const { value, error } = useRead(
    useCallback(
      async (signal: AbortSignal) =>
        against
          ? api.compareReleases(against, release.id, { signal })
          : undefined,
      [api, against, release.id],
    ),
  );
  const others = props.releases.filter(
    ({ id, ref }) => id !== release.id && ref.name === release.ref.name,
  );
  const listed = others.some(({ id }) => id === against);
  const options = [
    ...(against && !listed
      ? [{ value: against, label: t('history.change.previous') }]
      : []),
    ...others.map(({ id, images, revision, startedAt, endedAt }) => ({
      value: id,
      label: t('history.change.option', {
        images: images.map(({ to }) => parseImage(to).version).join(', '),
        revision: String(revision ?? '?'),
        age: time.age(startedAt ?? endedAt ?? '', now),
      }),
    })),
  ];
  if (options.length === 0) {
    return <p className={styles.quiet}>{t('history.change.nothing')}</p>;
  }
  return (
    <div className={styles.change}>
      <Select
        className={styles.against}
        label={t('history.change.against')}
        options={options}
        value={against ?? null}
        onChange={id =>
          props.onAgainst(
            typeof id === 'string' && id !== release.previous ? id : undefined,
          )
        }
      />
      {error && (
        <Alert
          status="warning"
          icon
          title={t('history.change.error')}
          description={error.message}
        />
      )}
      {against && !value && !error && <Skeleton width="100%" height={120} />}
      {value && <Difference comparison={value} />}
    </div>
  );
};

function Difference({ comparison }: { comparison: ReleaseComparison }) {
  const { t } = useRolloutsTranslation();
  const { from, to, images, template, templateMissing } = comparison;
  const changed = images.filter(image => image.from !== image.to);
  const side = ({
    revision,
    podHash,
  }: {
    revision?: number;
    podHash: string;
  }) =>
    revision === undefined
      ? podHash
      : t('history.release.revision', { revision: String(revision) });
  return (
    <>
      {changed.length > 0 && (
        <p className={styles.images}>
          <span className={styles.quiet}>{t('history.change.images')}</span>
          <ImageDiff
            images={changed.map(image => ({
              container: image.container,
              stable: image.from,
              current: image.to,
            }))}
          />
        </p>
      )}
      <p className={styles.images}>
        <span className={styles.quiet}>{t('history.change.template')}</span>
        {templateMissing ??
          (template.length === 0
            ? t('history.change.same')
            : t('history.change.fields', { count: template.length }))}
      </p>
      {from.template !== undefined &&
        to.template !== undefined &&
        template.length > 0 && (
          <Suspense fallback={<Skeleton width="100%" height={120} />}>
            <TemplateDiffView
              from={from.template}
              to={to.template}
              label={t('history.change.diff', {
                from: side(from),
                to: side(to),
              })}
            />
          </Suspense>
        )}
      {(from.template === undefined || to.template === undefined) &&
        template.length > 0 && (
          <dl className={styles.fields}>
            {template.map(change => (
              <div key={change.path}>
                <dt>{change.path}</dt>
                <dd>
                  {change.from && <del>{change.from}</del>}{' '}
                  {change.to && <ins>{change.to}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        )}
    </>
  );
}
