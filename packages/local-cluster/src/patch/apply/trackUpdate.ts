import { Schema, SchemaLookup } from '../../schema/schema';
import { changesBetween } from './fieldsOf';
import { FieldSet } from './fieldSet';
import {
  isSameManager,
  Manager,
  ManagerIdentity,
  withManager,
} from './managers';

/**
 * Who owns what after a write that is not an apply: the writer owns what
 * became different, and everybody loses what is gone.
 */
export function trackUpdate(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
  managers: readonly Manager[],
  writer: ManagerIdentity,
  now: string,
  lookup: SchemaLookup,
): Manager[] {
  const { set, removed } = changesBetween(schema, before, after, lookup);
  if (set.size === 0 && removed.size === 0) return [...managers];
  const left = managers.map(entry => {
    const lost = isSameManager(entry, writer) ? removed : removed.union(set);
    return { ...entry, fields: entry.fields.without(lost) };
  });
  if (set.size === 0) return left;
  const own = left.find(entry => isSameManager(entry, writer));
  return withManager(
    left,
    writer,
    (own?.fields ?? FieldSet.of()).union(set),
    now,
  );
}
