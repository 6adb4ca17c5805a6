import { DateTime } from 'luxon';
import type { ActionLock } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { WindowOccurrence } from './windows/FreezeCalendar';

/** "30 Nov 2026, 06:00 (Europe/Berlin)" */
export function momentText(instant: number, zone: string): string {
  return `${DateTime.fromMillis(instant, { zone, locale: 'en-GB' }).toFormat('d LLL yyyy, HH:mm')} (${zone})`;
}

/** What a person reads whose action a window refuses. */
export function freezeLock({
  window,
  occurrence,
}: WindowOccurrence): ActionLock {
  const until = momentText(occurrence.end, window.zone.name);
  return {
    gate: 'freeze',
    name: window.name,
    reason: `The freeze “${window.name}” lasts until ${until}: ${window.reason}`,
    remedy: window.emergency
      ? 'Wait for its end. In an emergency, who has the right may go on with a reason; abort is always possible.'
      : 'Wait for its end; not even an emergency passes it. Abort is always possible.',
    until: new Date(occurrence.end).toISOString(),
    emergency: window.emergency,
  };
}
