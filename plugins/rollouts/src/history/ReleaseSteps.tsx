import type {
  Release,
  ReleasePause,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stoppedState } from '../steps/shownSteps';
import { StepGlyph } from '../steps/StepGlyph';
import { Person } from '../people/Person';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { stepRows, type StepRow } from './stepRows';
import styles from './ReleaseSteps.module.css';

/** The steps of a release: when each began and ended, and who ended a pause. */
export const ReleaseSteps = ({ release }: { release: Release }) => {
  const { t } = useRolloutsTranslation();
  const rows = stepRows(release);
  if (rows.length === 0) {
    return <p className={styles.none}>{t('history.steps.none')}</p>;
  }
  return (
    <ol className={styles.steps} aria-label={t('history.steps.label')}>
      {rows.map(row => (
        <li
          key={row.index}
          className={styles.step}
          data-state={row.state}
          data-unobserved={row.unobserved || undefined}
        >
          <StepGlyph
            step={{
              kind: row.kind,
              state: row.state === 'next' ? 'notRun' : stoppedState(row),
              weight: row.share === undefined ? undefined : row.share * 100,
            }}
          />
          <div className={styles.words}>
            <span className={styles.label}>{row.label}</span>
            <span className={styles.state}>
              <When row={row} />
              {row.pause?.endedBy && (
                <>
                  {' · '}
                  <EndedBy pause={row.pause} />
                </>
              )}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
};

function When({ row }: { row: StepRow }) {
  const { t, time } = useRolloutsTranslation();
  const { startedAt, endedAt, durationSeconds } = row;
  const state = stoppedState(row);
  if (row.unobserved) {
    return <>{t('history.steps.unobserved')}</>;
  }
  if (!startedAt) {
    // It never began, so nobody skipped it.
    const shown = state === 'skipped' ? 'notRun' : state;
    return <>{t(`history.steps.state.${shown}`)}</>;
  }
  const span = endedAt
    ? t('history.steps.span', {
        from: time.clock(startedAt),
        to: time.clock(endedAt),
      })
    : t('history.steps.started', { at: time.clock(startedAt) });
  return (
    <span title={time.exact(startedAt)}>
      {[
        state === 'done' ? undefined : t(`history.steps.state.${state}`),
        span,
        durationSeconds === undefined
          ? undefined
          : t('history.steps.took', {
              duration: time.duration(durationSeconds),
            }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

function EndedBy({ pause }: { pause: ReleasePause }) {
  const { t } = useRolloutsTranslation();
  const { endedBy } = pause;
  if (!endedBy) {
    return null;
  }
  if (endedBy.kind === 'person' && endedBy.by) {
    return (
      <>
        {endedBy.action
          ? t('history.steps.endedBy.personAction', {
              action: t(`actions.name.${endedBy.action}`),
            })
          : t('history.steps.endedBy.person')}{' '}
        <Person who={endedBy.by} />
      </>
    );
  }
  return <>{t(`history.steps.endedBy.${endedBy.kind}`)}</>;
}
