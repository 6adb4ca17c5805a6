import type {
  FleetRow,
  RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiUserLine, RiWifiOffLine } from '@remixicon/react';
import { keepUnits } from '../format/sentence';
import { ImageDiff } from '../status/ImageDiff';
import { PhaseBadge } from '../status/PhaseBadge';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { entityName } from './entityName';
import { FleetShare } from './FleetShare';
import { RowLink } from './RowLink';
import styles from './FleetRowCells.module.css';

export const FLEET_COLUMNS = [
  'name',
  'state',
  'sentence',
  'share',
  'version',
  'owner',
  'since',
] as const;

export type FleetColumn = (typeof FLEET_COLUMNS)[number];

interface CellProps {
  row: FleetRow;
  href: string | undefined;
  /** Milliseconds. */
  now: number;
}

const NameCell = ({ row, href }: CellProps) => {
  const { t } = useRolloutsTranslation();
  const { name, cluster, namespace } = row.ref;
  return (
    <>
      <span className={styles.name} title={href && name}>
        {href ? (
          <RowLink href={href}>{name}</RowLink>
        ) : (
          <strong title={t('fleet.row.unmapped')}>{name}</strong>
        )}
      </span>
      <span className={styles.second}>
        {t('fleet.row.where', { cluster, namespace })}
      </span>
    </>
  );
};

const StateCell = ({ row }: CellProps) => {
  const { t } = useRolloutsTranslation();
  const waits = row.waits?.of.map(entityName).join(', ');
  return (
    <>
      <PhaseBadge rollout={badgeOf(row)} />
      {row.waits && (
        <span className={styles.second}>
          <RiUserLine size={12} aria-hidden="true" />
          {waits
            ? t(
                row.waits.for === 'approval'
                  ? 'fleet.row.waitsForApproval'
                  : 'fleet.row.waitsFor',
                { who: waits },
              )
            : t('fleet.row.waitsForSomebody')}
        </span>
      )}
    </>
  );
};

const SentenceCell = ({ row }: CellProps) => (
  <span className={styles.sentence} title={row.sentence}>
    {keepUnits(row.sentence)}
  </span>
);

const ShareCell = ({ row }: CellProps) => <FleetShare row={row} />;

const VersionCell = ({ row }: CellProps) => {
  const { t } = useRolloutsTranslation();
  const strategy = t(`strategy.${row.strategy}`);
  return (
    <>
      <span className={styles.version}>
        <ImageDiff images={row.images} />
      </span>
      <span className={styles.second}>
        {row.router
          ? t('strategy.over', { strategy, router: row.router })
          : strategy}
      </span>
    </>
  );
};

const OwnerCell = ({ row }: CellProps) => {
  const { t } = useRolloutsTranslation();
  return (
    <>
      <span className={styles.owner} title={row.owner}>
        {row.owner ? (
          entityName(row.owner)
        ) : (
          <span className={styles.missing}>{t('fleet.row.noOwner')}</span>
        )}
      </span>
      {row.system && (
        <span className={styles.second} title={row.system}>
          {entityName(row.system)}
        </span>
      )}
    </>
  );
};

const SinceCell = ({ row, now }: CellProps) => {
  const { t, time } = useRolloutsTranslation();
  const { since, stale } = row;
  const silent = stale?.since
    ? time.duration((now - Date.parse(stale.since)) / 1000)
    : '';
  return (
    <>
      {since && (
        <time dateTime={since} title={since}>
          {time.age(since, now)}
        </time>
      )}
      {stale && (
        <span
          className={styles.second}
          title={t('fleet.row.stale', {
            duration: silent,
            reason: stale.reason,
          })}
        >
          <RiWifiOffLine size={12} aria-hidden="true" />
          {t('fleet.row.staleShort', { duration: silent })}
        </span>
      )}
    </>
  );
};

/** What stands in each column. */
export const FLEET_CELLS: Record<
  FleetColumn,
  (props: CellProps) => JSX.Element
> = {
  name: NameCell,
  state: StateCell,
  sentence: SentenceCell,
  share: ShareCell,
  version: VersionCell,
  owner: OwnerCell,
  since: SinceCell,
};

function badgeOf({
  state,
  step,
}: FleetRow): Pick<RolloutSummary, 'phase' | 'aborted' | 'step'> {
  return state === 'Aborted'
    ? { phase: 'Degraded', aborted: true, step }
    : { phase: state, aborted: false, step };
}
