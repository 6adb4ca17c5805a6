import { Schema, SchemaLookup } from '../../schema/schema';
import { equalJson } from '../../storage/equalJson';
import { divisionOf, partsOf } from './elements';
import { FieldSet } from './fieldSet';

/** Fields that nobody owns: identity, and what the server sets. */
const UNOWNED_METADATA = [
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

function isOwnable([first, second]: readonly string[]): boolean {
  if (first === 'f:apiVersion' || first === 'f:kind') return false;
  if (first !== 'f:metadata') return true;
  return second !== undefined && !UNOWNED_METADATA.includes(second.slice(2));
}

/** All fields that the object sets. */
export function fieldsOf(
  schema: Schema | undefined,
  object: unknown,
  lookup: SchemaLookup,
): FieldSet {
  const paths: string[][] = [];
  const visit = (
    found: Schema | undefined,
    value: unknown,
    path: string[],
  ): void => {
    const division = divisionOf(found, value);
    const parts = partsOf(found, value, lookup);
    const isItem = path.at(-1)?.startsWith('k:');
    if (division === 'leaf' || parts.length === 0 || isItem) paths.push(path);
    for (const part of parts) {
      visit(part.schema, part.value, [...path, part.element]);
    }
  };
  visit(schema, object, []);
  return FieldSet.of(paths.filter(path => path.length > 0 && isOwnable(path)));
}

/** What became different between two states of an object. */
export interface FieldChanges {
  /** Fields that are new or have another value. */
  set: FieldSet;
  removed: FieldSet;
}

export function changesBetween(
  schema: Schema | undefined,
  before: unknown,
  after: unknown,
  lookup: SchemaLookup,
): FieldChanges {
  const fieldsBefore = fieldsOf(schema, before, lookup);
  const fieldsAfter = fieldsOf(schema, after, lookup);
  return {
    set: fieldsAfter.filter(
      path =>
        !fieldsBefore.has(path) ||
        !equalJson(
          valueAt(schema, before, path, lookup),
          valueAt(schema, after, path, lookup),
        ),
    ),
    removed: fieldsBefore.without(fieldsAfter),
  };
}

/** The value of a field; an item of a list stands for itself, whatever it contains. */
export function valueAt(
  schema: Schema | undefined,
  object: unknown,
  path: readonly string[],
  lookup: SchemaLookup,
): unknown {
  let found = schema;
  let value = object;
  for (const element of path) {
    const part = partsOf(found, value, lookup).find(
      candidate => candidate.element === element,
    );
    if (!part) return undefined;
    found = part.schema;
    value = part.value;
  }
  const isItem = path.at(-1)?.startsWith('k:');
  return isItem ? true : value;
}
