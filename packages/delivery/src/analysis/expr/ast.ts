/** Syntax of the expression language. Evaluated by walking, never compiled. */
export type Node =
  | { type: 'literal'; value: number | string | boolean | null }
  | { type: 'name'; name: string }
  /** `#`, `#acc`, `#index` inside a closure. */
  | { type: 'pointer'; name: string }
  | { type: 'unary'; operator: string; operand: Node }
  | { type: 'binary'; operator: string; left: Node; right: Node }
  | { type: 'conditional'; test: Node; then: Node; otherwise: Node }
  | { type: 'member'; object: Node; property: Node; optional: boolean }
  | { type: 'slice'; object: Node; from?: Node; to?: Node }
  | { type: 'call'; callee: Node; args: Node[] }
  | { type: 'builtin'; name: string; args: Node[]; closure?: Node }
  | { type: 'array'; elements: Node[] }
  | { type: 'map'; entries: { key: Node; value: Node }[] }
  | { type: 'let'; name: string; value: Node; body: Node };
