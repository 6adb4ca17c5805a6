import { ObjectSelector } from '../selectors/objectSelector';

/** `app=colors,tier in (a,b)`; `<none>` for no selector. */
export function selectorText(selector: ObjectSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return key;
      }
    },
  );
  return [...labels, ...expressions].join(',') || '<none>';
}
