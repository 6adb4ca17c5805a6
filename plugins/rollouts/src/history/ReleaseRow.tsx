import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiAlarmWarningLine, RiEyeOffLine } from '@remixicon/react';
import { useId, type ReactNode } from 'react';
import { keepUnits } from '../format/sentence';
import { useNow } from '../live/useNow';
import { Person } from '../people/Person';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { OutcomeBadge } from './OutcomeBadge';
import { outcomeLook } from './outcomeLook';
import { ReleaseImages } from './ReleaseImages';
import styles from './ReleaseRow.module.css';

/** One release in the timeline; opens to what is given as its children. */
export const ReleaseRow = (props: {
  release: ReleaseSummary;
  open: boolean;
  onToggle(): void;
  children?: ReactNode;
}) => {
  const { release, open } = props;
  const { t, time } = useRolloutsTranslation();
  const now = useNow(10_000);
  const detailsId = useId();
  const titleId = useId();
  const { icon: Icon, tone } = outcomeLook(release);
  const at = release.startedAt ?? release.endedAt;
  return (
    <li className={styles.row} data-gaps={release.gaps || undefined}>
      <span className={styles.glyph} data-tone={tone} aria-hidden="true">
        <Icon size={14} />
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            onClick={props.onToggle}
          >
            <span id={titleId} className={styles.title}>
              <ReleaseImages release={release} />
            </span>
          </button>
          <OutcomeBadge release={release} />
          {release.emergency && (
            <span className={styles.emergency}>
              <RiAlarmWarningLine size={14} aria-hidden="true" />
              {t('history.release.emergency')}
            </span>
          )}
          {release.gaps && (
            <span className={styles.gaps}>
              <RiEyeOffLine size={14} aria-hidden="true" />
              {t('history.release.gaps')}
            </span>
          )}
          {at && (
            <time className={styles.at} dateTime={at} title={time.exact(at)}>
              {time.age(at, now)}
            </time>
          )}
        </div>
        <p className={styles.facts}>
          <Facts release={release} now={now} />
        </p>
        {release.reason && (
          <p className={styles.reason}>{keepUnits(release.reason)}</p>
        )}
        {open && (
          <div id={detailsId} role="region" aria-labelledby={titleId}>
            {props.children}
          </div>
        )}
      </div>
    </li>
  );
};

function Facts({ release, now }: { release: ReleaseSummary; now: number }) {
  const { t, time } = useRolloutsTranslation();
  const { revision, attempt, rollbackTo, step, outcome, startedAt } = release;
  const who =
    release.outcome === 'aborted' && release.cause === 'person'
      ? (release.endedBy ?? release.startedBy)
      : release.startedBy;
  const stopped =
    step && step.reached < step.count && outcome !== 'in-progress'
      ? t('history.release.stopped', {
          step: String(step.reached + 1),
          total: String(step.count),
        })
      : undefined;
  const facts = [
    revision !== undefined &&
      t('history.release.revision', { revision: String(revision) }),
    attempt > 1 && t('history.release.attempt', { attempt: String(attempt) }),
    rollbackTo !== undefined &&
      t('history.release.rollbackTo', { revision: String(rollbackTo) }),
    release.durationSeconds !== undefined &&
      t('history.release.took', {
        duration: time.duration(release.durationSeconds),
      }),
    outcome === 'in-progress' &&
      startedAt &&
      t('history.release.running', {
        duration: time.duration((now - Date.parse(startedAt)) / 1000),
      }),
    outcome === 'in-progress' &&
      step &&
      step.reached < step.count &&
      t('header.step', {
        step: String(step.reached + 1),
        total: String(step.count),
      }),
    stopped,
  ].filter(Boolean);
  return (
    <>
      {facts.join(' · ')}
      {who && (
        <>
          {facts.length > 0 && ' · '}
          {t('history.release.by')} <Person who={who} />
        </>
      )}
    </>
  );
}
