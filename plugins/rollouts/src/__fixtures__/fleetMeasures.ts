import type {
  MeasuresResponse,
  ReleaseMeasures,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

const WEEK = 7 * 86_400;

function ofWeek(week: number): ReleaseMeasures {
  const deployments = 34 + ((week * 17) % 23);
  const failed = week % 5 === 4 ? 0 : 1 + (week % 4);
  return {
    deployments,
    deploymentsPerDay: deployments / 7,
    ended: deployments + failed,
    failed,
    changeFailureRate: failed / (deployments + failed),
    leadTime: {
      count: deployments,
      medianSeconds: 14_400 + ((week * 5_003) % 19_000),
    },
    timeToRestore:
      failed === 0
        ? { count: 0 }
        : { count: failed, medianSeconds: 180 + ((week * 131) % 700) },
    duration: { count: deployments, medianSeconds: 1_300 },
  };
}

/** Thirteen weeks of a busy fleet. */
export function fleetMeasures(now: number): MeasuresResponse {
  const weeks = Array.from({ length: 13 }, (_, week) => ofWeek(week));
  const sum = (of: (week: ReleaseMeasures) => number) =>
    weeks.reduce((total, week) => total + of(week), 0);
  const deployments = sum(week => week.deployments);
  const failed = sum(week => week.failed);
  return {
    from: ago(now, 13 * WEEK),
    to: ago(now, 0),
    deployments,
    deploymentsPerDay: deployments / 91,
    ended: deployments + failed,
    failed,
    changeFailureRate: failed / (deployments + failed),
    leadTime: { count: deployments, medianSeconds: 21_600 },
    timeToRestore: { count: failed, medianSeconds: 412 },
    duration: { count: deployments, medianSeconds: 1_300 },
    buckets: weeks.map((week, index) => ({
      from: ago(now, (13 - index) * WEEK),
      to: ago(now, (12 - index) * WEEK),
      ...week,
    })),
  };
}
