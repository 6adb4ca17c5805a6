import { rulesOf } from '../metrics/limitRules';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';
import { POD_HASH } from '../../scene/analysisScene';
import type { RolloutScene } from '../../scene/rolloutScene';
import { queryOf } from '../metrics/metricText';
import { argumentValues } from '../../../analysis/args/substitute';
import { durationText, pausesFrom } from './timing';

/** Whether pods of the new version get requests before a step begins. */
function hasTrafficBefore({ steps, isRouted }: RolloutScene, step: number) {
  return steps.slice(0, step).some(each => {
    if (
      (each.setWeight ?? 0) > 0 ||
      each.setHeaderRoute ||
      each.setMirrorRoute
    ) {
      return true;
    }
    const { replicas = 0, weight = 0 } = each.setCanaryScale ?? {};
    // Without a router pods are traffic.
    return !isRouted && (replicas > 0 || weight > 0);
  });
}

export const backgroundBeforeTraffic = perRollout(
  {
    id: 'background-before-traffic',
    severity: 'warning',
    title: 'A background analysis begins when there is something to see',
    explanation:
      'Without a startingStep the run begins with the update, before a pod of the new version answers a request: the first measurements are NaN, empty, or those of the old version.',
    fix: 'Set startingStep to the index (from 0) of the step after the first setWeight, or give each metric an initialDelay.',
    source: SOURCES.analysis,
  },
  function* check(rollout) {
    for (const { type, step, path, run } of rollout.analyses) {
      if (type !== 'Background' || !rollout.steps.length) continue;
      if (hasTrafficBefore(rollout, step)) continue;
      const metrics = run?.spec.metrics ?? [];
      const waits = (metric: (typeof metrics)[0]) =>
        (rulesOf({ metric, spec: run?.spec ?? { metrics } })?.initialDelay ??
          0) > 0;
      if (metrics.length && metrics.every(waits)) continue;
      yield {
        path: [...path, 'startingStep'],
        message: `The analysis begins at step index ${step}, and no step before it sends traffic to the new version.`,
      };
    }
  },
);

export const analysisBeforeTraffic = perRollout(
  {
    id: 'analysis-before-traffic',
    severity: 'warning',
    title: 'A step measures a version that has traffic',
    explanation:
      'An analysis step before any weight measures a version without requests; only a Job that tests the pods by itself can say anything.',
    fix: 'Put a setWeight, a header route or (without a router) a setCanaryScale before it.',
    source: SOURCES.analysis,
  },
  function* check(rollout) {
    for (const { type, step, path, run } of rollout.analyses) {
      if (type !== 'Step' || hasTrafficBefore(rollout, step)) continue;
      const metrics = run?.spec.metrics ?? [];
      // A Job or a web call may send the requests itself.
      const asks = metrics.filter(metric => queryOf(metric));
      if (!asks.length) continue;
      yield {
        path,
        message: `Step ${step + 1} measures ${asks.map(each => each.name).join(', ')} before the new version has any traffic.`,
      };
    }
  },
);

export const delayBeyondSteps = perRollout(
  {
    id: 'initial-delay-beyond-steps',
    severity: 'warning',
    title: 'A background metric is measured before the steps are over',
    explanation:
      'A metric whose initialDelay is as long as all pauses after its start is not measured once before the version is promoted.',
    fix: 'Shorten initialDelay, or pause longer.',
    source: SOURCES.analysis,
  },
  function* check({ analyses, steps }) {
    for (const { type, step, path, run } of analyses) {
      if (type !== 'Background' || !run) continue;
      const pauses = pausesFrom(steps, step);
      if (pauses === undefined || !steps.length) continue;
      for (const metric of run.spec.metrics) {
        const delay = rulesOf({ metric, spec: run.spec })?.initialDelay ?? 0;
        if (delay === 0 || delay < pauses) continue;
        yield {
          path,
          message: `${metric.name} is first measured after ${durationText(delay)}, and the steps pause for ${durationText(pauses)} in all.`,
        };
      }
    }
  },
);

export const intervalBeyondSteps = perRollout(
  {
    id: 'interval-beyond-steps',
    severity: 'warning',
    title: 'A background metric is measured more than once',
    explanation:
      'A metric whose interval is longer than all pauses after its start is measured once, at the very beginning, when there is least to see.',
    fix: 'Shorten the interval, or pause longer.',
    source: SOURCES.analysis,
  },
  function* check({ analyses, steps }) {
    for (const { type, step, path, run } of analyses) {
      if (type !== 'Background' || !run) continue;
      const pauses = pausesFrom(steps, step);
      if (!pauses) continue;
      for (const metric of run.spec.metrics) {
        const rules = rulesOf({ metric, spec: run.spec });
        if (!rules?.interval || rules.interval <= pauses) continue;
        yield {
          path,
          message: `${metric.name} is measured every ${durationText(rules.interval)}, and the steps pause for ${durationText(pauses)} in all.`,
        };
      }
    }
  },
);

/** Texts that tell the new version's numbers from the old one's. */
function tellsApart(rollout: RolloutScene, text: string): boolean {
  const { canary, blueGreen } = rollout.rollout.spec.strategy ?? {};
  const names = [
    canary?.canaryService,
    blueGreen?.previewService,
    canary?.trafficRouting?.istio?.destinationRule?.canarySubsetName,
  ];
  return (
    text.includes(POD_HASH) ||
    /canary|preview|pod[-_]template[-_]hash/i.test(text) ||
    names.some(each => each && text.includes(each))
  );
}

export const queryWithoutHash = perRollout(
  {
    id: 'query-mixes-versions',
    severity: 'warning',
    title: 'A query asks about the new version only',
    explanation:
      'A query that names neither the new version’s pod hash nor its service averages both versions: at 5 % a canary that fails every request moves it by five points.',
    fix: 'Pass an argument with valueFrom.podTemplateHashValue: Latest, or the canary service’s name, and select by it.',
    source: SOURCES.analysis,
  },
  function* check(rollout) {
    for (const { type, run, path } of rollout.analyses) {
      // After the switch there is only one version.
      if (!run || type === 'PostPromotion') continue;
      const values = argumentValues(run.spec.args);
      for (const metric of run.spec.metrics) {
        const query = queryOf(metric);
        if (!query) continue;
        const filled = query.text.replace(
          /\{\{\s*args\.([^{}\s]+)\s*\}\}/g,
          (placeholder, name: string) => values.get(name) ?? placeholder,
        );
        if (tellsApart(rollout, filled)) continue;
        yield {
          path,
          message: `The query of ${metric.name} does not tell the new version from the old one.`,
        };
      }
    }
  },
);
