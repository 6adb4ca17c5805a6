import type { LintObject } from '../read/lintObject';
import { checkShape, type ShapeProblem } from './checkShape';
import { SHAPES } from './shapes';

/** What the schema of an object's kind says to it; nothing for other kinds. */
export function shapeProblems({
  group,
  kind,
  value,
}: LintObject): ShapeProblem[] {
  const key = `${group}/${kind}`;
  const shape = Object.hasOwn(SHAPES.kinds, key)
    ? SHAPES.kinds[key]
    : undefined;
  return shape === undefined ? [] : checkShape(value, shape, SHAPES);
}
