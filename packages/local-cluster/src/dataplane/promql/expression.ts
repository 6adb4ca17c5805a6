/** A query as a tree, apart from the grammar that it was read with. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'string'; value: string }
  | Selector
  | { kind: 'range'; selector: Selector; rangeMs: number }
  | {
      kind: 'subquery';
      of: Expression;
      rangeMs: number;
      stepMs: number;
      offsetMs: number;
    }
  | { kind: 'negate'; of: Expression }
  | { kind: 'call'; name: string; args: Expression[] }
  | Aggregate
  | Binary;

export interface Selector {
  kind: 'selector';
  name?: string;
  matchers: Matcher[];
  offsetMs: number;
}

export interface Matcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

export interface Aggregate {
  kind: 'aggregate';
  operator: string;
  of: Expression;
  /** Of topk, bottomk and quantile. */
  parameter?: Expression;
  grouping: string[];
  without: boolean;
}

export interface Binary {
  kind: 'binary';
  operator: string;
  left: Expression;
  right: Expression;
  bool: boolean;
  matching: Matching;
}

export interface Matching {
  /** `on` keeps only the labels, `ignoring` all but them. */
  on: boolean;
  labels: string[];
  /** The side that may have many partners. */
  many?: 'left' | 'right';
  /** Labels taken over from the side of one. */
  include: string[];
}
