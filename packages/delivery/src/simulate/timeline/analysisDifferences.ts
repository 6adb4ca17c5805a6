import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ANALYSIS_TYPE_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from '../../analysis/plan/assessMetric';
import { counted, durationText } from '../../explain/words';
import { parseTime } from '../../rollout/time';
import type { Difference, Noticed } from './difference';

const ROLES: Record<string, string> = {
  Step: 'step',
  Background: 'background',
  PrePromotion: 'pre-promotion',
  PostPromotion: 'post-promotion',
};

function roleOf({ metadata }: AnalysisRun): string {
  return ROLES[metadata.labels?.[ANALYSIS_TYPE_LABEL] ?? ''] ?? 'experiment';
}

function titleOf(run: AnalysisRun): string {
  const metrics = run.spec.metrics.map(each => each.name);
  return `${roleOf(run)} analysis of ${metrics.join(' and ')}`;
}

/** Only while it runs does the end of a run say anything. */
function endOf(run: AnalysisRun, now: number): Noticed {
  const { phase = '', message } = run.status ?? {};
  const measurements = (run.status?.metricResults ?? []).reduce(
    (sum, each) => sum + (each.count ?? 0) + (each.error ?? 0),
    0,
  );
  const milliseconds = now - (parseTime(run.metadata.creationTimestamp) ?? now);
  const title = titleOf(run);
  const text = run.spec.terminate
    ? `${title} is ended after ${counted(measurements, 'measurement')}: nothing waits for it`
    : `${title} is ${phase} after ${counted(measurements, 'measurement')} in ${durationText(milliseconds)}${phase !== 'Successful' && message ? `: ${message}` : ''}`;
  return {
    kind: 'analysisEnded',
    name: run.metadata.name,
    role: roleOf(run),
    phase,
    measurements,
    milliseconds,
    text,
  };
}

/** Analysis runs that began or ended. */
export const analysed: Difference = (before, after) =>
  after.runs.flatMap((run): Noticed[] => {
    const { name } = run.metadata;
    const earlier = before.runs.find(each => each.metadata.name === name);
    const text = `${titleOf(run)} begins`;
    return [
      ...(earlier
        ? []
        : [
            {
              kind: 'analysisBegan',
              name,
              role: roleOf(run),
              text,
            } as const,
          ]),
      ...(isCompleted(run.status?.phase) && !isCompleted(earlier?.status?.phase)
        ? [endOf(run, after.now)]
        : []),
    ];
  });

/** Experiments that began or ended. */
export const experimented: Difference = (before, after) =>
  [...after.experiments].flatMap(([name, phase]): Noticed[] => {
    const earlier = before.experiments.get(name);
    return [
      ...(earlier === undefined
        ? [
            {
              kind: 'experimentBegan',
              name,
              text: `experiment ${name} begins`,
            } as const,
          ]
        : []),
      ...(isCompleted(phase) && !isCompleted(earlier)
        ? [
            {
              kind: 'experimentEnded',
              name,
              phase,
              text: `experiment ${name} is ${phase}`,
            } as const,
          ]
        : []),
    ];
  });
