import { Schema, SchemaLookup } from '../../schema/schema';
import { equalJson } from '../../storage/equalJson';
import { fieldsOf, valueAt } from './fieldsOf';
import { FieldSet } from './fieldSet';
import {
  isSameManager,
  Manager,
  ManagerIdentity,
  withManager,
} from './managers';
import { mergeApplied, removeFields } from './mergeApplied';

export interface ApplyRequest {
  schema: Schema | undefined;
  lookup: SchemaLookup;
  /** The object as it is; undefined when it is created. */
  live: unknown;
  /** What was sent: the fields that the applier wants, and no others. */
  applied: unknown;
  managers: readonly Manager[];
  applier: ManagerIdentity;
  /** Takes over what others own. */
  force: boolean;
  now: string;
}

/** A field that somebody else set to another value. */
export interface ApplyConflict {
  manager: Manager;
  path: string[];
}

export type ApplyResult =
  | { kind: 'conflict'; conflicts: ApplyConflict[] }
  | { kind: 'applied'; object: unknown; managers: Manager[] };

/**
 * A server-side apply: lays what was sent over the object, removes what the
 * applier sent last time, no longer sends, and nobody else owns, and refuses
 * when somebody else owns a field that would get another value.
 *
 * Not implemented: conversion of managed fields between versions, and the
 * handling of duplicate list items.
 */
export function serverSideApply(request: ApplyRequest): ApplyResult {
  const { schema, lookup, live, applied, managers, applier } = request;
  const fields = fieldsOf(schema, applied, lookup);
  const others = managers.filter(entry => !isSameManager(entry, applier));
  const conflicts = others.flatMap(manager =>
    [...manager.fields.intersection(fields)]
      .filter(
        path =>
          !equalJson(
            valueAt(schema, live, path, lookup),
            valueAt(schema, applied, path, lookup),
          ),
      )
      .map(path => ({ manager, path })),
  );
  if (conflicts.length > 0 && !request.force) {
    return { kind: 'conflict', conflicts };
  }

  const before = managers.find(entry => isSameManager(entry, applier));
  const owned = others.reduce(
    (sum, entry) => sum.union(entry.fields),
    FieldSet.of(),
  );
  const dropped = (before?.fields ?? FieldSet.of())
    .without(fields)
    .without(owned)
    .filter(path => !isFieldAround(path, owned, fields));
  const taken = FieldSet.of(conflicts.map(({ path }) => path));
  const left = managers.map(entry =>
    isSameManager(entry, applier)
      ? entry
      : {
          ...entry,
          fields: entry.fields
            .without(taken)
            .filter(path => !isWithin(path, dropped)),
        },
  );
  const merged =
    live === undefined ? applied : mergeApplied(schema, live, applied, lookup);
  return {
    kind: 'applied',
    object: removeFields(schema, merged, dropped, lookup) ?? {},
    managers: withManager(left, applier, fields, request.now),
  };
}

/**
 * Whether it is a field that contains what somebody owns: then it stays. An
 * item of a list goes with all that is in it, unless it is itself owned.
 */
function isFieldAround(path: string[], ...sets: FieldSet[]): boolean {
  return (
    path.at(-1)!.startsWith('f:') &&
    sets.some(set =>
      [...set].some(
        other =>
          other.length > path.length &&
          path.every((element, index) => other[index] === element),
      ),
    )
  );
}

function isWithin(path: string[], set: FieldSet): boolean {
  return path.some((_, index) => set.has(path.slice(0, index)));
}
