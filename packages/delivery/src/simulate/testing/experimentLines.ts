import type { ExperimentTurn } from '../experimentTurns';
import { START } from './demo';

/** "01:05" since the start. */
export function clockText(at: number): string {
  const seconds = (at - START) / 1_000;
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(0).padStart(2, '0')}`;
}

/** A turn as lines: the state it came to, why, and what was said about it. */
export function experimentLines({
  at,
  snapshot,
  plan,
}: ExperimentTurn): string[] {
  const { status } = plan;
  const templates = (status.templateStatuses ?? []).map(
    each =>
      `${each.name} ${each.status ?? '?'} ${each.availableReplicas}${each.serviceName ? ` behind ${each.serviceName}` : ''}`,
  );
  const runs = (status.analysisRuns ?? []).map(
    each => `${each.name} ${each.phase}`,
  );
  const { name } = snapshot.experiment.metadata;
  const head = [
    clockText(at),
    `${name} ${status.phase ?? '-'}${status.message ? ` (${status.message})` : ''}`,
    ...templates,
    ...runs,
  ].join('  ');
  const events = plan.events.map(event => event.reason);
  return [
    head,
    ...plan.reasons.map(reason => `         ${reason}`),
    ...(events.length ? [`         events: ${events.join(', ')}`] : []),
  ];
}
