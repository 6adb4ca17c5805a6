import { promote, setImage } from '../actions';
import { NEXT, canary, pause, weight } from '../builders';
import { healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const update = { at: healthy(), take: [setImage(NEXT)] };

/** Canaries by counting pods, as they are meant to go. */
export const CANARY: Scenario[] = [
  {
    name: 'canary/first-deployment',
    objects: canary([weight(20), pause()]),
    acts: [{ at: healthy(), take: [] }],
  },
  {
    name: 'canary/rolling-update',
    objects: canary([]),
    acts: [update, { at: healthy(2), take: [] }],
  },
  {
    name: 'canary/two-pauses',
    objects: canary([weight(25), pause(), weight(50), pause()]),
    acts: [
      update,
      { at: pausedAt(1), take: [promote] },
      { at: pausedAt(3), take: [promote] },
      { at: healthy(2), take: [] },
    ],
  },
];
