import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  isMap,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import type { LintObject } from './lintObject';
import { locator } from './locate';
import { withoutNulls } from './withoutNulls';

/** A file, or the standard input. */
export interface LintSource {
  file: string;
  text: string;
}

/** A place that is not Kubernetes objects. */
export interface UnreadablePlace {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** Aliases may be expanded so often; more is a bomb. */
const MOST_ALIASES = 100;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without the picture of the line, and without the place. */
const whatIsWrong = (message: string) =>
  message.replace(/( at line \d+, column \d+:?)?(\n[^]*)?$/, '');

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

/** Why a value is no Kubernetes object, if it is none. */
function objectProblem(value: unknown): string | undefined {
  if (!isObject(value)) {
    return 'not a Kubernetes object; write apiVersion, kind and metadata';
  }
  const { apiVersion, kind, metadata } = value;
  for (const [field, text] of Object.entries({ apiVersion, kind })) {
    if (typeof text !== 'string' || !text) return `${field} is missing`;
  }
  const name = isObject(metadata) ? metadata.name : undefined;
  return typeof name === 'string' && name
    ? undefined
    : `${kind}: metadata.name is missing`;
}

/**
 * The Kubernetes objects of a text with one or several YAML or JSON documents,
 * each with the places of its fields; lists are taken apart. What is none is
 * named, and the rest is read all the same.
 */
export function readSource({ file, text }: LintSource): {
  objects: LintObject[];
  unreadable: UnreadablePlace[];
} {
  const objects: LintObject[] = [];
  const unreadable: UnreadablePlace[] = [];
  const lines = new LineCounter();
  const add = (value: unknown, document: Document, node: Node | null) => {
    if (value === null || value === undefined) return;
    if (isObject(value) && Array.isArray(value.items)) {
      const list = isMap(node) ? node.get('items', true) : undefined;
      value.items.forEach((item, i) => {
        const element = isSeq(list) ? list.items[i] : undefined;
        add(item, document, (element ?? node) as Node | null);
      });
      return;
    }
    const locate = locator(document, lines, node);
    const problem = objectProblem(value);
    if (problem) {
      const { line, column } = locate([]);
      unreadable.push({ file, line, column, message: problem });
      return;
    }
    const object = withoutNulls(value) as KubeObject;
    const { apiVersion = '', kind = '' } = object;
    objects.push({
      file,
      kind,
      group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
      value: object,
      locate,
    });
  };
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
  });
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const at = error.linePos?.[0];
      unreadable.push({
        file,
        line: at?.line ?? 1,
        column: at?.col ?? 1,
        message: whatIsWrong(error.message),
      });
      continue;
    }
    try {
      const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
      add(value, document, document.contents as Node | null);
    } catch (thrown) {
      const { line, column } = locator(
        document,
        lines,
        document.contents as Node | null,
      )([]);
      unreadable.push({ file, line, column, message: messageOf(thrown) });
    }
  }
  return { objects, unreadable };
}
