/** One part of a path: it turns the values found so far into others. */
export type Selector =
  | { type: 'field'; name: string }
  | { type: 'wildcard' }
  /** The values themselves and everything below them that has children. */
  | { type: 'descend' }
  | { type: 'slice'; from?: number; to?: number; step?: number }
  /** Of one element; negative from the end. */
  | { type: 'index'; at: number }
  | { type: 'union'; of: Selector[][] }
  | { type: 'exists'; left: Selector[] }
  | { type: 'compare'; operator: string; left: Selector[]; right: Selector[] }
  | { type: 'constant'; value: string | number | boolean };

/** The path cannot be read, or leads nowhere in the document. */
export class JsonPathError extends Error {
  readonly name = 'JsonPathError';
}
