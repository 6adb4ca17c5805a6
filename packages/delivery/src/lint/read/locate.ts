import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
} from 'yaml';
import type { Position } from '../finding';
import type { FieldPath } from './fieldPath';

function rangeOf(node: unknown): [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return [start, end];
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The child, and the range that stands for it: its key, or the element. */
function step(
  node: unknown,
  part: string | number,
): { child: unknown; range?: [number, number] } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      ({ key }: Pair) => isScalar(key) && String(key.value) === String(part),
    );
    return pair && { child: pair.value, range: rangeOf(pair.key) };
  }
  if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
    const child = node.items[part];
    return { child, range: rangeOf(child) };
  }
  return undefined;
}

/**
 * Finds the place of a field in a document: its key, the element of a list, or
 * what is nearest around it.
 */
export function locator(
  document: Document,
  lines: LineCounter,
  root: Node | null,
): (path: FieldPath) => Position {
  return path => {
    let node: unknown = root;
    let range = rangeOf(root) ?? [0, 0];
    // Of the whole object only its beginning is meant.
    if (path.length === 0) range = [range[0], range[0]];
    for (const part of path) {
      const next = step(resolved(node, document), part);
      if (!next) break;
      range = next.range ?? range;
      node = next.child;
    }
    const start = lines.linePos(range[0]);
    const end = lines.linePos(range[1]);
    // What spans lines is marked on its first.
    return end.line === start.line
      ? {
          line: start.line,
          column: start.col,
          endLine: end.line,
          endColumn: end.col,
        }
      : {
          line: start.line,
          column: start.col,
          endLine: start.line,
          endColumn: start.col + 1,
        };
  };
}
