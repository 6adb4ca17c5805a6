import { InputError } from '@backstage/errors';
import type { z } from 'zod/v4';

/**
 * Reads what an operator or a caller wrote.
 * @throws InputError that names the field below `path` and what is wrong with
 * it: `rollouts.freezes[0].scope.tier: …`
 */
export function parseAt<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  throw new InputError(
    parsed.error.issues
      .map(issue => `${fieldOf(path, issue.path)}: ${issue.message}`)
      .join('; '),
  );
}

function fieldOf(path: string, keys: PropertyKey[]): string {
  return keys
    .reduce<string>(
      (field, key) =>
        typeof key === 'number'
          ? `${field}[${key}]`
          : `${field}.${String(key)}`,
      path,
    )
    .replace(/^\./, '');
}
