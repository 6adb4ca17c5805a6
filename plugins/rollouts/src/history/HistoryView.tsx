import { Alert, Button, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useMemo } from 'react';
import { useNow } from '../live/useNow';
import { useEntityRollouts } from '../live/useEntityRollouts';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { ExportMenu } from './ExportMenu';
import { HistoryFilter } from './HistoryFilter';
import { HistoryMeasures } from './HistoryMeasures';
import { isFiltered, toReleaseFilter, type HistoryQuery } from './historyQuery';
import { historySignal } from './historySignal';
import { ReleaseDetails } from './ReleaseDetails';
import { ReleaseRow } from './ReleaseRow';
import { useReleases, type Releases } from './useReleases';
import styles from './HistoryView.module.css';

export interface HistoryViewProps {
  entityRef: string;
  query: HistoryQuery;
  onQuery(change: Partial<HistoryQuery>): void;
}

/** The releases of an entity, newest first; filtered by what the address says. */
export const HistoryView = (props: HistoryViewProps) => {
  const { entityRef, query, onQuery } = props;
  const now = useNow(60_000);
  const { value } = useEntityRollouts(entityRef);
  const signal = useMemo(() => historySignal(value), [value]);
  const filter = toReleaseFilter(query, entityRef, now);
  const releases = useReleases(filter, signal);
  const people = useMemo(
    () => [...new Set(releases.items?.flatMap(item => item.people) ?? [])],
    [releases.items],
  );
  return (
    <div className={styles.history}>
      <div className={styles.top}>
        <HistoryMeasures entityRef={entityRef} />
        <ExportMenu entityRef={entityRef} filter={filter} now={now} />
      </div>
      <HistoryFilter query={query} people={people} onChange={onQuery} />
      <ReleaseList {...props} releases={releases} signal={signal} />
    </div>
  );
};

function ReleaseList(
  props: HistoryViewProps & { releases: Releases; signal: string },
) {
  const { query, onQuery, releases } = props;
  const { t } = useRolloutsTranslation();
  const { items, error } = releases;
  if (!items) {
    return error ? (
      <ListError error={error} again={releases.again} />
    ) : (
      <ListSkeleton />
    );
  }
  const toggle = (id: string) => () =>
    onQuery({
      release: query.release === id ? undefined : id,
      against: undefined,
    });
  const details = (id: string) => (
    <ReleaseDetails
      id={id}
      releases={items}
      signal={props.signal}
      against={query.against}
      onAgainst={against => onQuery({ against })}
    />
  );
  // A link may lead to a release that is further down, or filtered away.
  const linked =
    query.release && !items.some(({ id }) => id === query.release)
      ? query.release
      : undefined;
  return (
    <>
      {error && <ListError error={error} again={releases.again} />}
      {linked && !releases.updating && (
        <section aria-label={t('history.release.linked')}>
          <div className={styles.linked}>
            <p className={styles.quiet}>{t('history.release.linked')}</p>
            <Button size="small" variant="tertiary" onPress={toggle(linked)}>
              {t('history.release.close')}
            </Button>
          </div>
          {details(linked)}
        </section>
      )}
      {items.length === 0 && <NoReleases {...props} />}
      <ol
        className={styles.list}
        aria-busy={releases.updating}
        data-ready="true"
        data-updating={releases.updating || undefined}
      >
        {items.map((release: ReleaseSummary) => (
          <ReleaseRow
            key={release.id}
            release={release}
            open={query.release === release.id}
            onToggle={toggle(release.id)}
          >
            {details(release.id)}
          </ReleaseRow>
        ))}
      </ol>
      {releases.hasOlder && (
        <div className={styles.more}>
          <Button
            size="small"
            variant="secondary"
            isPending={releases.readingOlder}
            onPress={releases.older}
          >
            {t('history.more')}
          </Button>
          <span role="status" className={styles.failure}>
            {releases.olderError &&
              t('history.moreError', { message: releases.olderError.message })}
          </span>
        </div>
      )}
    </>
  );
}

function NoReleases({ query }: HistoryViewProps) {
  const { t } = useRolloutsTranslation();
  return isFiltered(query) ? (
    <p className={styles.empty}>{t('history.empty.filtered')}</p>
  ) : (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{t('history.empty.title')}</p>
      <p className={styles.quiet}>{t('history.empty.text')}</p>
    </div>
  );
}

function ListError(props: { error: Error; again(): void }) {
  const { t } = useRolloutsTranslation();
  const { error } = props;
  const forbidden = 'statusCode' in error && error.statusCode === 403;
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title={forbidden ? t('error.notPermitted') : t('history.error')}
        description={forbidden ? t('error.notPermittedHint') : error.message}
        customActions={
          <Button size="small" variant="secondary" onPress={props.again}>
            {t('error.retry')}
          </Button>
        }
      />
    </div>
  );
}

function ListSkeleton() {
  const { t } = useRolloutsTranslation();
  return (
    <div className={styles.skeleton} aria-busy="true">
      <VisuallyHidden>
        <span role="status">{t('history.loading')}</span>
      </VisuallyHidden>
      {[0, 1, 2, 3].map(row => (
        <Skeleton key={row} width="100%" height={44} />
      ))}
    </div>
  );
}
