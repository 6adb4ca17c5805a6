import type { AnyObject } from '@progressive-delivery/kube';
import { type Entry, PASSING } from '../entry';

/** A metric that is to be measured more often is ended by something else. */
const MANY = 20;

/** Phases of a run and of its metrics, and of the measurements in their order. */
export function analysisRunAspects({
  metadata,
  spec,
  status,
}: AnyObject): Entry[] {
  if (!status?.phase) return [];
  const run = `AnalysisRun ${metadata.name}`;
  const entries: Entry[] = [
    // A run that has just begun may not have said so yet.
    { aspect: `${run}: phase`, value: status.phase, patience: PASSING },
  ];
  if (isFinished(status.phase)) {
    entries.push({
      aspect: `${run}: message`,
      value: status.message ?? 'none',
    });
  }
  for (const result of status.metricResults ?? []) {
    const metric = `${run}: metric ${result.name}`;
    entries.push({
      aspect: `${metric}: phase`,
      value: `${result.phase}${result.dryRun ? ' (dry run)' : ''}`,
      patience: PASSING,
    });
    const { count } =
      (spec.metrics ?? []).find(
        ({ name }: { name: string }) => name === result.name,
      ) ?? {};
    // Without a count, how many there are is a matter of time.
    if (isFinished(result.phase) && count && Number(count) <= MANY) {
      entries.push({ aspect: `${metric}: counted`, value: countsOf(result) });
    }
  }
  return entries;
}

/** The measurements of a run in their order, repeats collapsed; by metric. */
export function measurementsOf({
  metadata,
  status,
}: AnyObject): Map<string, string[]> {
  return new Map(
    (status?.metricResults ?? []).map(
      ({ name, measurements = [] }: AnyObject) => [
        `AnalysisRun ${metadata.name}: metric ${name}: measurements`,
        measurements
          .map(({ phase }: { phase: string }) => phase)
          .filter(
            (phase: string, index: number, all: string[]) =>
              phase !== all[index - 1],
          ),
      ],
    ),
  );
}

export function experimentAspects({ metadata, status }: AnyObject): Entry[] {
  if (!status?.phase) return [];
  const experiment = `Experiment ${metadata.name}`;
  return [
    {
      aspect: `${experiment}: phase`,
      value: status.phase,
      patience: PASSING,
    },
    ...(isFinished(status.phase)
      ? [{ aspect: `${experiment}: message`, value: status.message ?? 'none' }]
      : []),
    ...(status.templateStatuses ?? []).map(
      ({ name, status: phase }: AnyObject) => ({
        aspect: `${experiment}: template ${name}`,
        value: `${phase}`,
        patience: PASSING,
      }),
    ),
    ...(status.analysisRuns ?? []).map(({ name, phase }: AnyObject) => ({
      aspect: `${experiment}: analysis ${name}`,
      value: `${phase}`,
      patience: PASSING,
    })),
  ];
}

export function gone(object: AnyObject): Entry[] {
  return [
    {
      aspect: `${object.kind} ${object.metadata.name}: phase`,
      value: 'deleted',
    },
  ];
}

function isFinished(phase: string): boolean {
  return ['Successful', 'Failed', 'Error', 'Inconclusive'].includes(phase);
}

function countsOf(result: AnyObject): string {
  return ['successful', 'failed', 'inconclusive', 'error']
    .filter(field => result[field])
    .map(field => `${field} ${result[field]}`)
    .join(', ');
}
