import { Button, Link } from '@backstage/ui';
import type { FleetWaitingItem } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiCheckLine, RiUserFollowLine } from '@remixicon/react';
import { DateTime } from 'luxon';
import { memo, useState } from 'react';
import { keepUnits } from '../format/sentence';
import { rolloutKey } from '../live/entityRolloutsState';
import { useNow } from '../live/useNow';
import { ImageDiff } from '../status/ImageDiff';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { useRolloutHref } from './useRolloutHref';
import styles from './WaitingList.module.css';

const SHOWN = 4;

/** What goes no further until the reader does something, the longest wait first. */
export const WaitingList = memo(
  (props: { items: FleetWaitingItem[] | undefined }) => {
    const { t } = useRolloutsTranslation();
    const [all, setAll] = useState(false);
    const { items } = props;
    const shown = all ? items : items?.slice(0, SHOWN);
    return (
      <section
        className={styles.waiting}
        aria-label={t('fleet.waiting.title')}
        data-some={items && items.length > 0 ? true : undefined}
      >
        <h2 className={styles.title}>
          <RiUserFollowLine size={18} aria-hidden="true" />
          {t('fleet.waiting.title')}
          {items && items.length > 0 && (
            <span className={styles.total}>{items.length}</span>
          )}
        </h2>
        {items?.length === 0 && (
          <p className={styles.none}>
            <RiCheckLine size={16} aria-hidden="true" />
            {t('fleet.waiting.none')}
          </p>
        )}
        {!items && (
          <p className={styles.none} aria-busy="true">
            {t('fleet.waiting.unknown')}
          </p>
        )}
        {shown && shown.length > 0 && (
          <ul className={styles.list}>
            {shown.map(item => (
              <WaitingItem key={rolloutKey(item.row.ref)} {...item} />
            ))}
          </ul>
        )}
        {items && items.length > SHOWN && (
          <Button
            size="small"
            variant="tertiary"
            className={styles.more}
            onPress={() => setAll(!all)}
          >
            {all
              ? t('fleet.waiting.less')
              : t('fleet.waiting.more', { total: String(items.length) })}
          </Button>
        )}
      </section>
    );
  },
);

function WaitingItem({ row, because, frozen }: FleetWaitingItem) {
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const href = useRolloutHref()(row);
  const { name, cluster, namespace } = row.ref;
  return (
    <li className={styles.item}>
      <span className={styles.who}>
        {href ? (
          <Link href={href} variant="body-medium" weight="bold">
            {name}
          </Link>
        ) : (
          <strong>{name}</strong>
        )}
        <span className={styles.where}>
          {t('fleet.row.where', { cluster, namespace })}
        </span>
      </span>
      <span className={styles.what}>
        <span>{keepUnits(row.sentence)}</span>
        <span className={styles.because}>
          {frozen
            ? t('fleet.waiting.because.frozen', {
                name: frozen.name,
                until: DateTime.fromISO(frozen.until).toLocaleString(
                  DateTime.DATETIME_MED_WITH_WEEKDAY,
                ),
              })
            : t(
                because === 'approval'
                  ? 'fleet.waiting.because.approval'
                  : `fleet.waiting.because.owner.${row.waits?.for ?? 'promotion'}`,
              )}
        </span>
      </span>
      <span className={styles.version}>
        <ImageDiff images={row.images} />
      </span>
      {row.since && (
        <time
          className={styles.since}
          dateTime={row.since}
          title={time.exact(row.since)}
        >
          {t('fleet.waiting.for', {
            duration: time.duration((now - Date.parse(row.since)) / 1000),
          })}
        </time>
      )}
    </li>
  );
}
