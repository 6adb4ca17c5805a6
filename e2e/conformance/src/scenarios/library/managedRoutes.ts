import { abortAt, ends, on, promoteAt, scenario, update } from '../acts';
import { abort, promoteFull, setImage } from '../actions';
import { ISTIO, THIRD, pause, routedCanary, weight } from '../builders';
import { healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const routing = {
  trafficRouting: {
    ...ISTIO,
    managedRoutes: [{ name: 'by-header' }, { name: 'mirror' }],
  },
};

const byHeader = (value: object = { exact: 'Chrome' }) => ({
  setHeaderRoute: {
    name: 'by-header',
    match: [{ headerName: 'x-browser', headerValue: value }],
  },
});
const noHeader = { setHeaderRoute: { name: 'by-header' } };
const mirror = {
  setMirrorRoute: {
    name: 'mirror',
    percentage: 30,
    match: [
      {
        method: { exact: 'GET' },
        path: { prefix: '/' },
        headers: { agent: { regex: 'c.*' } },
      },
    ],
  },
};
const noMirror = { setMirrorRoute: { name: 'mirror' } };

/** Routes by header and mirrors: made in a step, gone at the end and on abort. */
export const MANAGED_ROUTES: Scenario[] = [
  ...Object.entries({
    exact: { exact: 'Chrome' },
    prefix: { prefix: 'Chr' },
    regex: { regex: 'C.*' },
  }).map(([kind, value]) =>
    scenario(
      `managed-routes/header-${kind}`,
      routedCanary([weight(20), byHeader(value), pause()], routing),
      [update, ...promoteAt(2), ends(healthy(2))],
    ),
  ),
  scenario(
    'managed-routes/header-then-removed',
    routedCanary([byHeader(), pause(), noHeader, pause()], routing),
    [update, ...promoteAt(1, 3), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/header-with-scale',
    routedCanary(
      [{ setCanaryScale: { replicas: 1 } }, byHeader(), pause()],
      routing,
    ),
    [update, ...promoteAt(2), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/header-at-abort',
    routedCanary([weight(20), byHeader(), pause()], routing),
    [update, ...abortAt(pausedAt(2))],
  ),
  scenario(
    'managed-routes/mirror',
    routedCanary(
      [{ setCanaryScale: { replicas: 1 } }, mirror, pause(), noMirror, pause()],
      routing,
    ),
    [update, ...promoteAt(2, 4), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/mirror-left-to-the-end',
    routedCanary([weight(20), mirror, pause()], routing),
    [update, ...promoteAt(2), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/mirror-at-abort',
    routedCanary([weight(20), mirror, pause()], routing),
    [update, ...abortAt(pausedAt(2))],
  ),
  scenario(
    'managed-routes/both',
    routedCanary([byHeader(), mirror, weight(20), pause()], routing),
    [update, ...promoteAt(3), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/promote-full',
    routedCanary([byHeader(), weight(20), pause()], routing),
    [update, on(pausedAt(2), promoteFull), ends(healthy(2))],
  ),
  scenario(
    'managed-routes/new-template',
    routedCanary([weight(20), byHeader(), pause()], routing),
    [update, on(pausedAt(2), setImage(THIRD)), on(pausedAt(2), abort)],
  ),
];
