import { ends, on, promoteAt, scenario, update } from '../acts';
import { abort, setImage } from '../actions';
import { IMAGE, canary, pause, routedCanary, weight } from '../builders';
import { aborted, healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const roles = {
  canaryMetadata: { labels: { role: 'canary' }, annotations: { note: 'new' } },
  stableMetadata: { labels: { role: 'stable' } },
};
const stairs = [weight(50), pause()];
const preferred = {
  antiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: { weight: 50 },
  },
};
const required = {
  antiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} },
};

/** What is written on pods because of their role. */
export const METADATA: Scenario[] = [
  scenario('metadata/of-roles', canary(stairs, roles), [
    update,
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
  scenario('metadata/of-roles-when-routed', routedCanary(stairs, roles), [
    update,
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
  scenario('metadata/of-roles-aborted', canary(stairs, roles), [
    update,
    on(pausedAt(1), abort),
    ends(aborted),
  ]),
  scenario('metadata/of-roles-rolled-back', canary(stairs, roles), [
    update,
    on(pausedAt(1), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario(
    'metadata/of-the-stable-alone',
    canary(stairs, {
      stableMetadata: { labels: { role: 'stable' } },
    }),
    [update, ...promoteAt(1), ends(healthy(2))],
  ),
  scenario('metadata/anti-affinity-preferred', canary(stairs, preferred), [
    update,
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
  scenario('metadata/anti-affinity-required', canary(stairs, required), [
    update,
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
];
