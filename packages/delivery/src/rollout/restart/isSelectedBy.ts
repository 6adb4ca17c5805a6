import type { LabelSelector } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Whether labels match a selector. An empty selector matches everything. */
export function isSelectedBy(
  labels: Record<string, string> = {},
  selector: LabelSelector = {},
): boolean {
  const byLabel = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  const byExpression = (selector.matchExpressions ?? []).every(
    ({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    },
  );
  return byLabel && byExpression;
}
