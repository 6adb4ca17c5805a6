import type {
  AnalysisSpec,
  AnalysisTemplate,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FieldPath } from '../read/fieldPath';
import type { LintObject } from '../read/lintObject';

/** One metric of a template, and where it stands. */
export interface MetricScene {
  object: LintObject;
  path: FieldPath;
  metric: Metric;
  /** Its template's, with arguments that have a default filled in. */
  spec: AnalysisSpec;
}

/** An AnalysisTemplate or a ClusterAnalysisTemplate. */
export interface TemplateScene {
  object: LintObject;
  template: AnalysisTemplate;
  metrics: readonly MetricScene[];
}

export function templateScene(object: LintObject): TemplateScene {
  const template = object.value as AnalysisTemplate;
  const { metrics = [], ...rest } = template.spec ?? {};
  const spec: AnalysisSpec = { ...rest, metrics };
  return {
    object,
    template,
    metrics: metrics.map((metric, i) => ({
      object,
      path: ['spec', 'metrics', i],
      metric,
      spec,
    })),
  };
}
