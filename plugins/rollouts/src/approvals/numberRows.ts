import type {
  ApprovalSnapshot,
  ImageChange,
  RolloutDetail,
  WeightsView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { diffImages, parseImage } from '../format/image';
import { formatMeasurement, formatMetricNumber } from '../format/measurement';
import { formatPercent } from '../format/percent';

/** One number that decides, when it was asked and now. */
export interface NumberRow {
  /** `metric` rows are named by the metric. */
  kind: 'traffic' | 'step' | 'images' | 'metric';
  name?: string;
  /** Absent: there was none, or there is none any more. */
  then?: string;
  now?: string;
  changed: boolean;
  /** The metric's last measurement failed. */
  failing?: boolean;
  needs?: string;
}

/** What a request showed and what is to be seen now, side by side. */
export function numberRows(
  snapshot: ApprovalSnapshot,
  rollout: Pick<
    RolloutDetail,
    'phase' | 'weights' | 'step' | 'images' | 'metrics'
  >,
): NumberRow[] {
  // Of a rollout that is done these tell of the release before.
  const isUnderWay = [snapshot.phase, rollout.phase].some(
    phase => phase !== 'Healthy',
  );
  const row = (
    kind: NumberRow['kind'],
    then: string | undefined,
    now: string | undefined,
  ): NumberRow => ({ kind, then, now, changed: then !== now });
  const names = new Set([
    ...snapshot.metrics.map(({ name }) => name),
    ...rollout.metrics.map(({ name }) => name),
  ]);
  return [
    ...(isUnderWay
      ? [row('traffic', traffic(snapshot.weights), traffic(rollout.weights))]
      : []),
    ...(isUnderWay && (snapshot.step || rollout.step)
      ? [row('step', step(snapshot.step), step(rollout.step))]
      : []),
    row('images', images(snapshot.images), images(rollout.images)),
    ...[...names].map((name): NumberRow => {
      const before = snapshot.metrics.find(metric => metric.name === name);
      const metric = rollout.metrics.find(known => known.name === name);
      const unit = metric?.unit ?? 'none';
      const value = before?.value;
      const number = value === undefined ? NaN : Number(bare(value));
      const then = Number.isFinite(number)
        ? formatMetricNumber(number, unit)
        : value;
      return {
        ...row('metric', then, formatMeasurement(metric?.last, unit)),
        name,
        needs: metric?.threshold?.label,
        failing:
          metric?.last?.phase === 'Failed' || metric?.last?.phase === 'Error',
      };
    }),
  ];
}

function traffic({ actual, max }: WeightsView): string {
  return formatPercent(actual, max);
}

/** "2/8"; the words around it are the reader's language's. */
function step(at: { index: number; count: number } | undefined) {
  return at && `${Math.min(at.index + 1, at.count)}/${at.count}`;
}

function images(changes: ImageChange[]): string {
  return changes
    .map(({ stable, current }) => {
      if (!stable || !current || stable === current) {
        return parseImage(current ?? stable ?? '').version;
      }
      const { from, to } = diffImages(stable, current);
      return `${from} → ${to}`;
    })
    .join(', ');
}

/** A vector of one number as Prometheus answers it: "[0.98]". */
function bare(value: string): string {
  return value.replace(/^\[(.*)\]$/, '$1');
}
