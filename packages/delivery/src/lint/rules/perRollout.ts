import type { FieldPath } from '../read/fieldPath';
import type { LintObject } from '../read/lintObject';
import type { LintRule, RuleFacts } from '../rule';
import type { LintScene } from '../scene/lintScene';
import type { RolloutScene } from '../scene/rolloutScene';
import type { MetricScene } from '../scene/templateScene';

/** A report about the subject's own object, unless it names another. */
export interface SubjectReport {
  object?: LintObject;
  path: FieldPath;
  message: string;
}

/** A rule that looks at one rollout at a time. */
export function perRollout(
  facts: RuleFacts,
  check: (rollout: RolloutScene, scene: LintScene) => Iterable<SubjectReport>,
): LintRule {
  return {
    ...facts,
    *check(scene) {
      for (const rollout of scene.rollouts) {
        for (const report of check(rollout, scene)) {
          yield { object: rollout.object, ...report };
        }
      }
    },
  };
}

/** A rule that looks at one metric of a template at a time; paths go on from it. */
export function perMetric(
  facts: RuleFacts,
  check: (metric: MetricScene, scene: LintScene) => Iterable<SubjectReport>,
): LintRule {
  return {
    ...facts,
    *check(scene) {
      for (const template of scene.templates) {
        for (const metric of template.metrics) {
          for (const report of check(metric, scene)) {
            yield {
              object: metric.object,
              message: report.message,
              path: [...metric.path, ...report.path],
            };
          }
        }
      }
    },
  };
}
