import { ApiError } from '../api/apiError';
import { Clock } from '../api/clock';
import { WriteOptions } from '../api/clusterApi';
import { KindRegistry, ServedKind } from '../kinds/kindRegistry';
import { CelRules } from '../schema/rules/celRules';
import { SchemaLookup } from '../schema/schema';
import { Database } from '../storage/database';

/** Where identities come from; tests make them predictable. */
export interface Randomness {
  uuid(): string;
  /** Five characters after a generateName. */
  suffix(): string;
}

/** What every operation works on. */
export interface OperationContext {
  database: Database;
  kinds: KindRegistry;
  clock: Clock;
  random: Randomness;
  /** Finds the types that builtin schemas refer to. */
  schemas: SchemaLookup;
  /** Evaluates the rules of custom kinds. */
  cel: CelRules;
}

/** One object, or where one is to be created. */
export interface Target extends ServedKind {
  namespace?: string;
  name?: string;
  subresource?: string;
}

export interface RequestOptions extends WriteOptions {
  /** Fields that stood twice in what was sent. */
  duplicateFields?: readonly string[];
  /** What happens to fields that the schema does not know. Default: Ignore. */
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** Names the field manager when the caller does not. */
  userAgent?: string;
  /** Whether the draft's managedFields are right already. */
  managersKnown?: boolean;
  /**
   * How an object is refused that cannot be read: unknown fields when strict,
   * or mistyped ones of a builtin kind. Default: 400, as for a whole object.
   */
  undecodable?: (problem: string) => ApiError;
  /** Is told what the caller should know though the call succeeds. */
  warn?: (message: string) => void;
}

export function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** Kubernetes' times have whole seconds. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
