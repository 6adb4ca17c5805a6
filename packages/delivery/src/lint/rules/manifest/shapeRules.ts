import type { LintRule, Report } from '../../rule';
import type { LintScene } from '../../scene/lintScene';
import type { ShapeProblem } from '../../schema/checkShape';
import { SOURCES } from '../sources';

function* reports(
  { objects, shapes }: LintScene,
  kinds: readonly ShapeProblem['kind'][],
): Iterable<Report> {
  for (const object of objects) {
    for (const problem of shapes.get(object) ?? []) {
      if (!kinds.includes(problem.kind)) continue;
      yield { object, path: problem.path, message: problem.message };
    }
  }
}

export const unknownField: LintRule = {
  id: 'unknown-field',
  severity: 'error',
  title: 'Every field is one that the kind has',
  explanation:
    'The API server drops fields that a schema does not know, without a word: what stands in them never takes effect.',
  fix: 'Correct the name, or put the field where it belongs.',
  source: SOURCES.specification,
  check: scene => reports(scene, ['unknown']),
};

export const wrongType: LintRule = {
  id: 'wrong-type',
  severity: 'error',
  title: 'Every value is of its field’s type',
  explanation:
    'The API server refuses an object in which a number stands for a string, or an object for a list, or a required field is missing. Nothing else of it is checked until that is mended.',
  fix: 'Write a value of the type that is named; put numbers that are texts in quotes.',
  source: SOURCES.api,
  check: scene => reports(scene, ['type', 'missing']),
};
