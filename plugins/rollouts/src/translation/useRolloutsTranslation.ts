import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { DateTime } from 'luxon';
import { splitAge, splitDuration, type DurationPart } from '../format/duration';
import { keepUnits } from '../format/sentence';
import { rolloutsTranslationRef, type Translate } from './ref';

/** Times in words, in the reader's language. */
export interface TimeWords {
  /** "2 min 10 s" */
  duration(seconds: number): string;
  /** "2 min ago", "just now". @param at - RFC 3339 @param now - milliseconds */
  age(at: string, now: number): string;
  /** The exact time, for a tooltip. */
  exact(at: string): string;
  /** The time of day, for a table of measurements. */
  clock(at: string): string;
}

/** This plugin's strings, and times in words. */
export function useRolloutsTranslation(): { t: Translate; time: TimeWords } {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const time = useMemo(() => timeWords(t), [t]);
  return { t, time };
}

function timeWords(t: Translate): TimeWords {
  const words = (parts: DurationPart[]) =>
    parts
      .map(({ unit, value }) =>
        keepUnits(t(`time.${unit}`, { value: String(value) })),
      )
      .join(' ');
  return {
    duration: seconds => words(splitDuration(seconds)),
    age: (at, now) => {
      const parts = splitAge((now - Date.parse(at)) / 1000);
      return parts.length === 0
        ? t('time.justNow')
        : t('time.ago', { duration: words(parts) });
    },
    exact: at =>
      DateTime.fromISO(at).toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS),
    clock: at => DateTime.fromISO(at).toFormat('HH:mm:ss'),
  };
}
