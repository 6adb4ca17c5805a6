/** A label selector as objects carry it: a Deployment's, a PDB's. */
export interface ObjectSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: {
    key: string;
    operator: string;
    values?: string[];
  }[];
}

/** Whether the labels satisfy the selector. An empty selector selects all, none selects nothing. */
export function matchesSelector(
  selector: ObjectSelector | undefined,
  labels: Record<string, string> | undefined,
): boolean {
  if (!selector) return false;
  const valueOf = (key: string) =>
    labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (valueOf(key) !== value) return false;
  }
  return (selector.matchExpressions ?? []).every(expression => {
    const actual = valueOf(expression.key);
    switch (expression.operator) {
      case 'In':
        return actual !== undefined && !!expression.values?.includes(actual);
      case 'NotIn':
        return actual === undefined || !expression.values?.includes(actual);
      case 'Exists':
        return actual !== undefined;
      case 'DoesNotExist':
        return actual === undefined;
      default:
        return false;
    }
  });
}
