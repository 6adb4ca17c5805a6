import type { FreezeOccurrence } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** One that goes on now, one each weekend, one at the end of the year. */
export function freezeOccurrences(now: number): FreezeOccurrence[] {
  const window = (
    id: string,
    from: number,
    hours: number,
    change: Partial<FreezeOccurrence>,
  ): FreezeOccurrence => ({
    freezeId: id,
    name: id,
    reason: '',
    timeZone: 'Europe/Berlin',
    start: ago(now, -from),
    end: ago(now, -(from + hours * HOUR)),
    active: from <= 0,
    hold: false,
    emergency: true,
    ...change,
  });
  return [
    window('checkout-sale', -5 * HOUR, 14, {
      name: 'Checkout sale',
      reason: 'The autumn sale runs; ask the payments duty.',
      hold: true,
      scope: { entity: { system: 'system:default/checkout' } },
    }),
    ...[2, 9, 16, 23].map(day =>
      window('weekend', day * DAY, 50, {
        name: 'Weekend',
        reason: 'Nobody of the platform team is on duty.',
      }),
    ),
    window('year-end', 26 * DAY, 5 * 24, {
      name: 'Year end',
      reason: 'Books are closed.',
      scope: { cluster: 'eu-west' },
    }),
  ];
}
