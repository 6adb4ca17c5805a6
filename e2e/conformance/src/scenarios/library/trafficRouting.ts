import { abort, promote, setImage } from '../actions';
import { NEXT, pause, routedCanary, weight } from '../builders';
import { aborted, healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const update = { at: healthy(), take: [setImage(NEXT)] };

/** Canaries by routing. */
export const TRAFFIC_ROUTING: Scenario[] = [
  {
    name: 'istio/two-pauses',
    objects: routedCanary([weight(20), pause(), weight(60), pause()]),
    acts: [
      update,
      { at: pausedAt(1), take: [promote] },
      { at: pausedAt(3), take: [promote] },
      { at: healthy(2), take: [] },
    ],
  },
  {
    name: 'istio/abort-at-pause',
    objects: routedCanary([weight(20), pause()]),
    acts: [
      update,
      { at: pausedAt(1), take: [abort] },
      { at: aborted, take: [] },
    ],
  },
];
