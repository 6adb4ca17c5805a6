import type {
  FreezeOccurrence,
  RolloutScope,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { DateTime } from 'luxon';
import { entityName } from './entityName';

/** A day of the calendar strip, in the reader's zone. */
export interface FreezeDay {
  /** Its begin. */
  at: DateTime;
  /** The windows that close a part of it, each once. */
  windows: FreezeOccurrence[];
  weekend: boolean;
}

/** @param now - milliseconds */
export function freezeDays(
  occurrences: FreezeOccurrence[],
  now: number,
  days: number,
): FreezeDay[] {
  const first = DateTime.fromMillis(now).startOf('day');
  return Array.from({ length: days }, (_, index) => {
    // By the calendar, not by 24 hours: some days have 23 or 25.
    const at = first.plus({ days: index });
    const next = at.plus({ days: 1 });
    const windows = occurrences.filter(
      ({ start, end }) =>
        DateTime.fromISO(start) < next && DateTime.fromISO(end) > at,
    );
    return {
      at,
      weekend: at.isWeekend,
      windows: windows.filter(
        ({ freezeId }, place) =>
          windows.findIndex(each => each.freezeId === freezeId) === place,
      ),
    };
  });
}

/** What a window is about, in words; `undefined` when it is about everything. */
export function scopeInWords(
  scope: RolloutScope | undefined,
): string | undefined {
  if (!scope) {
    return undefined;
  }
  const { entity = {}, cluster, namespace, tier, labels } = scope;
  const parts: [string, string | string[] | undefined][] = [
    ['cluster', cluster],
    ['namespace', namespace],
    ['tier', tier],
    ['labels', labels],
    ['', named(entity.ref)],
    ['owner', named(entity.owner)],
    ['system', named(entity.system)],
    ['type', entity.type],
    ['lifecycle', entity.lifecycle],
  ];
  const words = parts.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`${name} ${[value].flat().join(' or ')}`.trim()],
  );
  return words.length > 0 ? words.join(', ') : undefined;
}

function named(refs: string | string[] | undefined): string[] | undefined {
  return refs === undefined ? undefined : [refs].flat().map(entityName);
}
