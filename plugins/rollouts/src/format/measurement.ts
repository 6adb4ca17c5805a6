import type {
  MeasurementView,
  MetricView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatPercent, oneDecimal } from './percent';

const NBSP = '\u00a0';

/** A number in the metric's own unit: "99.8 %", "412 ms", "1.5 s", "17". */
export function formatMetricNumber(
  value: number,
  unit: MetricView['unit'],
): string {
  switch (unit) {
    case 'ratio':
      return formatPercent(value, 1);
    case 'seconds':
      return Math.abs(value) < 1
        ? `${oneDecimal(value * 1000)}${NBSP}ms`
        : `${oneDecimal(value)}${NBSP}s`;
    default:
      return Number.isInteger(value)
        ? String(value)
        : String(Number(value.toPrecision(4)));
  }
}

/** What was measured, in words; undefined when there is no value at all. */
export function formatMeasurement(
  measurement: MeasurementView | undefined,
  unit: MetricView['unit'],
): string | undefined {
  if (measurement?.number !== undefined) {
    return formatMetricNumber(measurement.number, unit);
  }
  return measurement?.notANumber ?? measurement?.value;
}
