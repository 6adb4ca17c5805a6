import { readFreeze } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/freezes/windows/readFreeze';
import { FreezeCalendar } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/freezes/windows/FreezeCalendar';
import { ManualClock } from '@progressive-delivery/kube';
import { quantile } from '../fleet/requestTimes';
import type { Measurement } from '../measurement';

const WINDOWS = 100;
const ROLLOUTS = 10_000;
const STRIPS = 50;
const DAY = 24 * 3_600_000;
/** A Saturday at noon, in every one of the weekly windows. */
const NOW = Date.UTC(2026, 10, 28, 12);
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'];
/** Milliseconds: of the design, of a fleet's list, and of any filter. */
const LIST_BUDGET = 20;
const FILTER_BUDGET = 100;

/** Every second one is going on now, for a tenth of all teams each. */
function windowOf(index: number) {
  const weekly = index % 2 === 0;
  const window = readFreeze(
    {
      name: `window-${index}`,
      reason: 'nobody is there',
      timeZone: ZONES[index % ZONES.length],
      start: weekly ? '2026-01-02T18:00' : '2026-01-05T02:00',
      end: weekly ? '2026-01-05T06:00' : '2026-01-05T04:00',
      recurrence: weekly ? 'FREQ=WEEKLY;BYDAY=FR' : 'FREQ=DAILY',
      scope: {
        namespace: Array.from(
          { length: 10 },
          (_, team) => `team-${(index + team * 10) % 100}`,
        ),
      },
    },
    `windows[${index}]`,
  );
  return { ...window, id: `bench:${index}`, source: 'config' as const };
}

/** What freeze windows cost who asks for a fleet, for one rollout, and for the calendar. */
export async function measureFreezes(): Promise<Measurement[]> {
  const calendar = new FreezeCalendar({
    configured: Array.from({ length: WINDOWS }, (_, index) => windowOf(index)),
    clock: new ManualClock(NOW),
  });
  const subjects = Array.from({ length: ROLLOUTS }, (_, index) => ({
    cluster: 'fleet',
    rollout: {
      metadata: { name: `shop-${index}`, namespace: `team-${index % 100}` },
    },
    entities: [],
  }));
  const timed = (work: () => void) => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const first = timed(() => calendar.applying(subjects[0]!, NOW));
  let frozen = 0;
  const fleet = timed(() => {
    for (const subject of subjects) {
      if (calendar.applying(subject, NOW).length > 0) frozen += 1;
    }
  });
  const strips = Array.from({ length: STRIPS }, (_, index) =>
    timed(() => {
      calendar.between(NOW + index * DAY, NOW + (index + 28) * DAY);
    }),
  ).sort((a, b) => a - b);
  const what = `${WINDOWS} freeze windows`;
  return [
    {
      what: `${what}: which are going on, asked for the first time`,
      value: first,
      unit: 'ms',
      note: 'a year of each is worked out and kept',
    },
    {
      what: `${what}: which concern each of ${ROLLOUTS} rollouts`,
      value: fleet,
      unit: 'ms',
      budget: LIST_BUDGET * (ROLLOUTS / 500),
      note: `the budget is that of a list of 500, twenty times; ${frozen} are frozen`,
    },
    {
      what: `${what}: four weeks of the calendar, 95th percentile`,
      value: quantile(strips, 0.95),
      unit: 'ms',
      budget: FILTER_BUDGET,
    },
  ];
}
