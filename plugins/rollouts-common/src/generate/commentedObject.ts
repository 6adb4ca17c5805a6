import { Document, isNode } from 'yaml';
import type { KubeObject } from '../kubernetes/objects';

/** An object, and what its readers should know about some of its fields. */
export interface CommentedObject {
  object: KubeObject;
  comments: readonly Comment[];
}

export interface Comment {
  /** From the root; empty: above the object. */
  path: readonly (string | number)[];
  text: string;
}

const WIDTH = 76;
/** What is said of the whole stands above it. */
const FIRST_FIELD = 'apiVersion';

/** In lines of about the width that people read. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** YAML with the comments above the fields that they are about. */
export function commentedYaml({ object, comments }: CommentedObject): string {
  const document = new Document(object, { aliasDuplicateObjects: false });
  for (const { path, text } of comments) {
    const parent = document.getIn(path.slice(0, -1), true);
    const last = path.length ? path.at(-1) : FIRST_FIELD;
    // A key's comment stands above it; that of an element, above the element.
    const pair =
      isNode(parent) && 'items' in parent
        ? (parent.items as unknown[])[
            typeof last === 'number'
              ? last
              : (parent.items as { key: { value?: unknown } }[]).findIndex(
                  ({ key }) => key?.value === last,
                )
          ]
        : undefined;
    const node =
      typeof last === 'number'
        ? pair
        : (pair as { key?: unknown } | undefined)?.key;
    if (isNode(node)) node.commentBefore = wrapped(text);
  }
  return document.toString({ lineWidth: 0 });
}
