import type { FieldPath } from '../../read/fieldPath';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

const STEPS: FieldPath = ['spec', 'strategy', 'canary', 'steps'];

export const noSteps = perRollout(
  {
    id: 'no-steps',
    severity: 'warning',
    title: 'A canary has steps',
    explanation:
      'A canary without steps is a rolling update: everybody gets the new version as fast as its pods start, and nothing decides.',
    fix: 'Add steps.',
    source: SOURCES.canary,
  },
  function* check({ rollout, steps }) {
    if (!rollout.spec.strategy?.canary || steps.length) return;
    yield {
      path: ['spec', 'strategy', 'canary'],
      message: 'The canary has no steps: it is a rolling update.',
    };
  },
);

export const pauseLast = perRollout(
  {
    id: 'indefinite-pause-last',
    severity: 'warning',
    title: 'The last step does not wait for somebody for ever',
    explanation:
      'A rollout that ends with an indefinite pause needs a person each time, and stays between two versions until one comes: at night, over a holiday, with twice the pods.',
    fix: 'Give the last pause a duration, or decide by an analysis.',
    source: SOURCES.bestPractices,
  },
  function* check({ steps }) {
    const last = steps.at(-1);
    if (!last?.pause || last.pause.duration !== undefined) return;
    yield {
      path: [...STEPS, steps.length - 1, 'pause'],
      message: 'The last step waits until somebody promotes.',
    };
  },
);

export const pauseZero = perRollout(
  {
    id: 'pause-without-time',
    severity: 'warning',
    title: 'A pause takes time',
    explanation:
      'A duration of 0 is no pause, and does not mean "until somebody promotes": that is a pause without a duration.',
    fix: 'Give it a duration, or remove the duration.',
    source: SOURCES.canary,
  },
  function* check({ steps }) {
    for (const [i, { pause }] of steps.entries()) {
      if (!pause || !/^0+[a-z]*$/.test(String(pause.duration ?? ''))) continue;
      yield {
        path: [...STEPS, i, 'pause', 'duration'],
        message: `The pause takes no time: duration is ${pause.duration}.`,
      };
    }
  },
);

export const scaleNotMatched = perRollout(
  {
    id: 'canary-scale-kept',
    severity: 'warning',
    title: 'After setCanaryScale pods follow the weight again',
    explanation:
      'setCanaryScale stays in force: a later setWeight sends more traffic to the same few pods. At a weight of 90 one pod would carry the service.',
    fix: 'Put "setCanaryScale: { matchTrafficWeight: true }" before the next setWeight.',
    source: SOURCES.canary,
  },
  function* check({ steps, isRouted, maxWeight, replicas }) {
    if (!isRouted) return;
    let fixed: number | undefined;
    for (const [i, { setCanaryScale: scale, setWeight }] of steps.entries()) {
      if (scale?.matchTrafficWeight) fixed = undefined;
      else if (scale?.replicas !== undefined) {
        fixed = replicas ? (scale.replicas * 100) / replicas : undefined;
      } else if (scale?.weight !== undefined) fixed = scale.weight;
      if (setWeight === undefined || fixed === undefined) continue;
      const percent = (setWeight * 100) / maxWeight;
      if (percent <= fixed) continue;
      yield {
        path: [...STEPS, i, 'setWeight'],
        message: `${Math.round(percent)} % of the requests go to pods for ${Math.round(fixed)} %.`,
      };
      return;
    }
  },
);

export const routeToNoPods = perRollout(
  {
    id: 'route-to-no-pods',
    severity: 'warning',
    title: 'A header or mirror route leads to pods',
    explanation:
      'Before the first weight the new version has no pods: requests with the header get an error, and mirrored ones go nowhere.',
    fix: 'Put a setCanaryScale before the route.',
    source: SOURCES.traffic,
  },
  function* check({ steps }) {
    let hasPods = false;
    for (const [i, step] of steps.entries()) {
      const { replicas = 0, weight = 0 } = step.setCanaryScale ?? {};
      if ((step.setWeight ?? 0) > 0 || replicas > 0 || weight > 0) {
        hasPods = true;
      }
      for (const field of ['setHeaderRoute', 'setMirrorRoute'] as const) {
        if (hasPods || !step[field]?.match?.length) continue;
        yield {
          path: [...STEPS, i, field],
          message: `Route ${step[field]?.name} is set before the new version has any pods.`,
        };
      }
    }
  },
);

export const unusedManagedRoute = perRollout(
  {
    id: 'unused-managed-route',
    severity: 'info',
    title: 'Each managed route is set by a step',
    explanation:
      'The controller removes every route of a managed name that it has not set. A name that no step sets is a mistake, or will delete a route of somebody else.',
    fix: 'Set it in a step, or take it off the list.',
    source: SOURCES.traffic,
  },
  function* check({ steps, rollout }) {
    const { managedRoutes = [] } =
      rollout.spec.strategy?.canary?.trafficRouting ?? {};
    const set = steps.flatMap(each => [
      each.setHeaderRoute?.name,
      each.setMirrorRoute?.name,
    ]);
    for (const [i, { name }] of managedRoutes.entries()) {
      if (set.includes(name)) continue;
      yield {
        path: [...STEPS.slice(0, 3), 'trafficRouting', 'managedRoutes', i],
        message: `No step sets the route ${name}.`,
      };
    }
  },
);

export const experimentComparesSame = perRollout(
  {
    id: 'experiment-compares-same',
    severity: 'warning',
    title: 'An experiment compares two versions',
    explanation:
      'An experiment whose templates all take the pods of the same version compares it with itself, and will always find no difference.',
    fix: 'Give the baseline specRef: stable and the candidate specRef: canary.',
    source: SOURCES.experiment,
  },
  function* check({ steps }) {
    for (const [i, { experiment }] of steps.entries()) {
      const templates = experiment?.templates ?? [];
      if (templates.length < 2) continue;
      if (new Set(templates.map(each => each.specRef)).size > 1) continue;
      yield {
        path: [...STEPS, i, 'experiment', 'templates'],
        message: `All templates run the pods of ${templates[0]?.specRef}.`,
      };
    }
  },
);

export const experimentWithoutEnd = perRollout(
  {
    id: 'experiment-without-end',
    severity: 'error',
    title: 'An experiment ends',
    explanation:
      'An experiment without a duration runs until an analysis that is required for its completion is done; without one the step is never over.',
    fix: 'Set duration, or requiredForCompletion: true on an analysis.',
    source: SOURCES.experiment,
  },
  function* check({ steps }) {
    for (const [i, { experiment }] of steps.entries()) {
      if (!experiment || experiment.duration) continue;
      if (experiment.analyses?.some(each => each.requiredForCompletion))
        continue;
      yield {
        path: [...STEPS, i, 'experiment'],
        message: 'The experiment never ends: it has no duration.',
      };
    }
  },
);
