import { badRequest } from '../api/apiError';

export type LabelTest = (labels: Record<string, string> | undefined) => boolean;

const KEY = String.raw`[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?`;
const SET = new RegExp(String.raw`^(${KEY})\s+(in|notin)\s*\(([^()]*)\)$`);
const EQUAL = new RegExp(
  String.raw`^(${KEY})\s*(==|=|!=)\s*([A-Za-z0-9._-]*)$`,
);
const EXISTS = new RegExp(String.raw`^(!?)\s*(${KEY})$`);
const COMPARE = new RegExp(String.raw`^(${KEY})\s*([<>])\s*(-?\d+)$`);

/**
 * Reads a label selector as in a query (`app=colors,tier in (a,b),!old`).
 * Undefined or empty selects everything.
 * @throws ApiError 400 when it cannot be read
 */
export function parseLabelSelector(text: string | undefined): LabelTest {
  if (!text?.trim()) return () => true;
  const tests = splitOutsideParentheses(text).map(parseRequirement);
  return labels => tests.every(test => test(labels));
}

function parseRequirement(text: string): LabelTest {
  const value = (labels: Record<string, string> | undefined, key: string) =>
    labels && Object.hasOwn(labels, key) ? labels[key] : undefined;

  const set = SET.exec(text);
  if (set) {
    const key = set[1]!;
    const wanted = set[4]!.split(',').map(item => item.trim());
    const inside = set[3] === 'in';
    return labels => {
      const actual = value(labels, key);
      return inside
        ? actual !== undefined && wanted.includes(actual)
        : actual === undefined || !wanted.includes(actual);
    };
  }
  const equal = EQUAL.exec(text);
  if (equal) {
    const key = equal[1]!;
    const wanted = equal[4]!;
    return equal[3] === '!='
      ? labels => value(labels, key) !== wanted
      : labels => value(labels, key) === wanted;
  }
  const compare = COMPARE.exec(text);
  if (compare) {
    const key = compare[1]!;
    const bound = Number(compare[4]);
    const greater = compare[3] === '>';
    return labels => {
      const actual = Number(value(labels, key) ?? NaN);
      return greater ? actual > bound : actual < bound;
    };
  }
  const exists = EXISTS.exec(text);
  if (exists) {
    const key = exists[2]!;
    const wanted = exists[1] === '';
    return labels => (value(labels, key) !== undefined) === wanted;
  }
  throw badRequest(
    `unable to parse requirement: found '${text}', expected: a label key, optionally with =, !=, in (…) or notin (…)`,
  );
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim());
}
