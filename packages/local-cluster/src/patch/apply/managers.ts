import { FieldSet } from './fieldSet';

/** Who set which fields of an object, from one entry of `metadata.managedFields`. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  time?: string;
  fields: FieldSet;
}

export function readManagers(managedFields: unknown): Manager[] {
  if (!Array.isArray(managedFields)) return [];
  return managedFields
    .filter(entry => entry?.fieldsV1)
    .map(entry => ({
      manager: String(entry.manager ?? 'unknown'),
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: String(entry.apiVersion),
      subresource: entry.subresource || undefined,
      time: entry.time,
      fields: FieldSet.fromFieldsV1(entry.fieldsV1),
    }));
}

/** Managers that own nothing any more are left out. */
export function writeManagers(managers: readonly Manager[]): unknown[] {
  return managers
    .filter(({ fields }) => fields.size > 0)
    .map(({ fields, subresource, ...entry }) => ({
      ...entry,
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toFieldsV1(),
      ...(subresource && { subresource }),
    }));
}

export type ManagerIdentity = Pick<
  Manager,
  'manager' | 'operation' | 'apiVersion' | 'subresource'
>;

export function isSameManager(
  left: ManagerIdentity,
  right: ManagerIdentity,
): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    left.apiVersion === right.apiVersion &&
    left.subresource === right.subresource
  );
}

/** The managers with one of them owning these fields, since now if they differ. */
export function withManager(
  managers: readonly Manager[],
  identity: ManagerIdentity,
  fields: FieldSet,
  now: string,
): Manager[] {
  const index = managers.findIndex(entry => isSameManager(entry, identity));
  if (index < 0) return [...managers, { ...identity, time: now, fields }];
  const before = managers[index]!;
  if (before.fields.equals(fields)) return [...managers];
  return managers.map((entry, at) =>
    at === index ? { ...before, time: now, fields } : entry,
  );
}
