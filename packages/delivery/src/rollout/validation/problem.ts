/** Something wrong with a manifest or with what it refers to. */
export interface Problem {
  /** `spec.strategy.canary.steps[0].setWeight` */
  field: string;
  kind: 'Invalid value' | 'Required value' | 'Forbidden' | 'Unsupported';
  /** What is there; absent for a required value that is missing. */
  value?: unknown;
  detail: string;
  /** Only that what it names is not there, as far as is seen. */
  missing?: boolean;
}

function valueText(value: unknown): string {
  return value === undefined ? '' : `: ${JSON.stringify(value)}`;
}

/** In the words of the Kubernetes API: field, kind, value, detail. */
export function problemText(problem: Problem): string {
  const { field, kind, value, detail } = problem;
  const shown =
    kind === 'Required value' || kind === 'Forbidden' ? '' : valueText(value);
  return `${field}: ${kind}${shown}: ${detail}`;
}
