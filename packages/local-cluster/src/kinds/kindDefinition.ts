import { Cause } from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { Schema } from '../schema/schema';

/** A column of `kubectl get`, as CRDs declare it. */
export interface Column {
  name: string;
  type: string;
  format?: string;
  description?: string;
  /** 0 is always shown, greater only with `-o wide`. */
  priority?: number;
  /** Where the value is: `.spec.replicas`. */
  jsonPath: string;
}

/** Where the scale subresource finds its numbers: `.spec.replicas`. */
export interface ScalePaths {
  spec: string;
  status: string;
  selector?: string;
}

export interface KindVersion {
  name: string;
  served: boolean;
  schema?: Schema;
  columns?: readonly Column[];
  /** Whether status is written through its own subresource only. */
  status: boolean;
  scale?: ScalePaths;
}

/** What the API server knows about one kind of object, builtin or custom. */
export interface KindDefinition {
  group: string;
  /** Plural, lower case, as in paths. */
  resource: string;
  singular: string;
  kind: string;
  listKind: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  /** In order of preference. */
  versions: readonly KindVersion[];
  storageVersion: string;
  /** Fields beside name and namespace that a field selector may name. */
  selectableFields: readonly string[];
  /** What makes `metadata.generation` grow: nothing, `spec`, or all but metadata and status. */
  generation: 'none' | 'spec' | 'all';
  custom: boolean;
  rules: KindRules;
}

/** What a builtin kind does beyond its schema. Drafts may be changed in place. */
export interface KindRules {
  /** Fills in what the caller left out; runs on create and update. */
  applyDefaults?(draft: NewObject): void;
  /** Sets what the server decides, on create only. */
  prepareCreate?(draft: NewObject): void;
  /** Keeps what the server decided when an update leaves it out. */
  prepareUpdate?(draft: NewObject, previous: StoredObject): void;
  validate?(object: NewObject, previous?: StoredObject): Cause[];
}

/** `apps/replicasets`, `/pods`: how collections are named in the database. */
export function collectionId(kind: {
  group: string;
  resource: string;
}): string {
  return `${kind.group}/${kind.resource}`;
}

export function apiVersionOf(group: string, version: string): string {
  return group ? `${group}/${version}` : version;
}
