import type { FieldPath } from '../read/fieldPath';
import { nearest } from '../nearest';
import type { Shape, Shapes } from './shape';

/** A value that a kind's schema would not take, or would drop. */
export interface ShapeProblem {
  kind: 'unknown' | 'type' | 'missing';
  path: FieldPath;
  message: string;
}

const WORDS: Record<string, string> = {
  s: 'a string',
  i: 'a whole number',
  n: 'a number',
  b: 'true or false',
  q: 'a number or a string',
};

const FITS: Record<string, (value: unknown) => boolean> = {
  s: value => typeof value === 'string',
  i: value => Number.isInteger(value),
  n: value => typeof value === 'number',
  b: value => typeof value === 'boolean',
  q: value => typeof value === 'number' || typeof value === 'string',
};

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Holds a value against a shape; each problem with its path. */
export function checkShape(
  value: unknown,
  shape: Shape,
  shapes: Shapes,
  path: FieldPath = [],
): ShapeProblem[] {
  const wrongType = (wanted: string): ShapeProblem[] => [
    { kind: 'type', path, message: `must be ${wanted}, not ${shown(value)}` },
  ];
  if (typeof shape === 'string') {
    if (shape.startsWith('@')) {
      const shared = shapes.shared[Number(shape.slice(1))];
      return shared === undefined
        ? []
        : checkShape(value, shared, shapes, path);
    }
    const fits = FITS[shape];
    return !fits || fits(value) ? [] : wrongType(WORDS[shape] ?? shape);
  }
  if (Array.isArray(shape)) {
    const [element] = shape;
    return Array.isArray(value)
      ? value.flatMap((each, i) =>
          checkShape(each, element, shapes, [...path, i]),
        )
      : wrongType('a list');
  }
  if (!isRecord(value)) return wrongType('an object');
  const map = shape['*'];
  if (map !== undefined) {
    return Object.entries(value).flatMap(([key, of]) =>
      checkShape(of, map, shapes, [...path, key]),
    );
  }
  return checkRecord(value, shape, shapes, path);
}

function checkRecord(
  value: Record<string, unknown>,
  shape: { [field: string]: Shape },
  shapes: Shapes,
  path: FieldPath,
): ShapeProblem[] {
  const names = () => Object.keys(shape).map(name => name.replace('!', ''));
  const problems = Object.entries(value).flatMap(
    ([name, of]): ShapeProblem[] => {
      const field = Object.hasOwn(shape, name) ? name : `${name}!`;
      if (Object.hasOwn(shape, field)) {
        return checkShape(of, shape[field] as Shape, shapes, [...path, name]);
      }
      const meant = nearest(name, names());
      return [
        {
          kind: 'unknown',
          path: [...path, name],
          message: `${name} is no field here, and the cluster drops it without a word${meant ? `; is ${meant} meant?` : ''}`,
        },
      ];
    },
  );
  for (const field of Object.keys(shape)) {
    if (!field.endsWith('!')) continue;
    const name = field.slice(0, -1);
    if (value[name] === undefined) {
      problems.push({ kind: 'missing', path, message: `${name} is missing` });
    }
  }
  return problems;
}
