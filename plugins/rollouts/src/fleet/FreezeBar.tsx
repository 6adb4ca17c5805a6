import { Alert } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FreezeOccurrence } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiSnowflakeLine } from '@remixicon/react';
import { DateTime } from 'luxon';
import { useEffect, useState } from 'react';
import { fleetApiRef } from '../api/FleetApi';
import { asSentence } from '../format/asSentence';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { freezeDays, scopeInWords, type FreezeDay } from './freezeDays';
import styles from './FreezeBar.module.css';

const DAYS = 30;
/** Without a word of a change the windows are asked for anew so often. */
const ASK_MS = 60_000;
/** Which of them last now is looked at so often, by the clock alone. */
const LOOK_MS = 10_000;
const DAY_MS = 86_400_000;

/**
 * What is closed now, said aloud, and what will be, as a strip of days. Asks
 * for it anew with each other number of `changes`.
 */
export const FreezeBar = ({ changes }: { changes: number }) => {
  const { t } = useRolloutsTranslation();
  const now = useNow(LOOK_MS);
  const occurrences = useOccurrences(now, changes);
  if (!occurrences) {
    return null;
  }
  const active = occurrences.filter(
    ({ start, end }) => Date.parse(start) <= now && now < Date.parse(end),
  );
  return (
    <>
      {active.map(window => (
        <ActiveFreeze key={`${window.freezeId} ${window.start}`} {...window} />
      ))}
      <div className={styles.bar}>
        <span className={styles.label}>
          <RiSnowflakeLine size={14} aria-hidden="true" />
          {occurrences.length > 0
            ? t('fleet.freeze.calendar', {
                from: dayOf(now),
                to: dayOf(now + (DAYS - 1) * DAY_MS),
              })
            : t('fleet.freeze.none', { days: String(DAYS) })}
        </span>
        {occurrences.length > 0 && (
          <ol className={styles.days}>
            {freezeDays(occurrences, now, DAYS).map((day, index) => (
              <Day key={day.at.toISODate()} day={day} today={index === 0} />
            ))}
          </ol>
        )}
      </div>
    </>
  );
};

function ActiveFreeze(window: FreezeOccurrence) {
  const { t } = useRolloutsTranslation();
  const scope = scopeInWords(window.scope);
  const said = [
    t('fleet.freeze.nowReason', { reason: asSentence(window.reason) }),
    window.hold ? t('fleet.freeze.held') : '',
    scope
      ? t('fleet.freeze.scope.some', { scope })
      : t('fleet.freeze.scope.all'),
    ...(window.warnings ?? []),
  ];
  return (
    <div role="status">
      <Alert
        status="info"
        icon={<RiSnowflakeLine />}
        title={t('fleet.freeze.now', {
          name: window.name,
          end: DateTime.fromISO(window.end).toLocaleString(
            DateTime.DATETIME_MED_WITH_WEEKDAY,
          ),
        })}
        description={said.filter(Boolean).join(' ')}
      />
    </div>
  );
}

function Day({ day, today }: { day: FreezeDay; today: boolean }) {
  const { t } = useRolloutsTranslation();
  const date = day.at.toLocaleString({
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  });
  const closed = day.windows.length > 0;
  const said = closed
    ? t('fleet.freeze.day', {
        day: date,
        names: day.windows
          .map(window =>
            t('fleet.freeze.window', {
              name: window.name,
              start: moment(window.start),
              end: moment(window.end),
              zone: window.timeZone,
              reason: window.reason,
            }),
          )
          .join('\n'),
      })
    : t('fleet.freeze.free', { day: date });
  return (
    <li
      className={styles.day}
      data-closed={closed || undefined}
      data-weekend={day.weekend || undefined}
      data-today={today || undefined}
      title={said}
      aria-label={said}
    >
      <span className={styles.number} aria-hidden="true">
        {day.at.day}
      </span>
    </li>
  );
}

function dayOf(at: number): string {
  return DateTime.fromMillis(at).toLocaleString({
    month: 'short',
    day: 'numeric',
  });
}

function moment(at: string): string {
  return DateTime.fromISO(at).toLocaleString(DateTime.DATETIME_SHORT);
}

/** Undefined until they are known, and where the reader may not know them. */
function useOccurrences(
  now: number,
  changes: number,
): FreezeOccurrence[] | undefined {
  const api = useApi(fleetApiRef);
  const [occurrences, setOccurrences] = useState<FreezeOccurrence[]>();
  const minute = Math.floor(now / ASK_MS);
  useEffect(() => {
    const stop = new AbortController();
    api
      .listFreezeOccurrences(
        new Date(minute * ASK_MS + DAYS * DAY_MS).toISOString(),
        { signal: stop.signal },
      )
      .then(found => !stop.signal.aborted && setOccurrences(found))
      // What is known stays: an action says by itself why it is refused.
      .catch(() => undefined);
    return () => stop.abort();
  }, [api, minute, changes]);
  return occurrences;
}
