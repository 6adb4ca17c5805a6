import { badRequest } from '../api/apiError';
import { StoredObject } from '../api/clusterApi';

export type FieldTest = (object: StoredObject) => boolean;

/** Fields that every kind can be selected by. */
const COMMON = ['metadata.name', 'metadata.namespace'];

/**
 * Reads a field selector (`status.phase=Running,spec.nodeName!=a`).
 * @param supported - fields beside name and namespace that the kind allows
 * @throws ApiError 400 for a field that the kind cannot be selected by
 */
export function parseFieldSelector(
  text: string | undefined,
  supported: readonly string[] = [],
): FieldTest {
  if (!text?.trim()) return () => true;
  const tests = text.split(',').map(part => {
    const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part);
    if (!match) {
      throw badRequest(
        `invalid field selector: "${part}"; can't understand it`,
      );
    }
    const [, field, operator, wanted] = match;
    if (!COMMON.includes(field!) && !supported.includes(field!)) {
      throw badRequest(`field label not supported: ${field}`);
    }
    const path = field!.split('.');
    return (object: StoredObject) =>
      (valueAt(object, path) === wanted) === (operator !== '!=');
  });
  return object => tests.every(test => test(object));
}

function valueAt(object: unknown, path: string[]): string {
  let value = object;
  for (const key of path) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined;
  }
  return value === undefined || value === null ? '' : String(value);
}
