import { fieldAt, isFields, type Fields } from './fields';

/** One operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  op: 'add' | 'remove';
  path: string;
  value?: unknown;
}

const escaped = (key: string) =>
  key.replaceAll('~', '~0').replaceAll('/', '~1');

function betweenFields(before: Fields, after: Fields, path: string) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key): PatchOperation[] => {
    const at = `${path}/${escaped(key)}`;
    const [from, to] = [fieldAt(before, key), fieldAt(after, key)];
    if (from === undefined && to === undefined) return [];
    if (from === undefined) return [{ op: 'add', path: at, value: to }];
    if (to === undefined) return [{ op: 'remove', path: at }];
    return jsonPatchBetween(from, to, at);
  });
}

/**
 * The JSON patch that turns one JSON value into another. It touches no field
 * that is the same in both, so that it does not take over what others write
 * there; a list that changes its length is replaced. `add` sets a field that
 * is there already, too.
 */
export function jsonPatchBetween(
  before: unknown,
  after: unknown,
  path: string = '',
): PatchOperation[] {
  if (before === after) return [];
  if (isFields(before) && isFields(after)) {
    return betweenFields(before, after, path);
  }
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.length === after.length
  ) {
    return after.flatMap((each, i) =>
      jsonPatchBetween(before[i], each, `${path}/${i}`),
    );
  }
  return [{ op: 'add', path, value: after }];
}
