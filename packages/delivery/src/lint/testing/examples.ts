import { manifestExamples } from './examples/manifest';
import { validationExamples } from './examples/validation';
import { metricsExamples } from './examples/metrics';
import { analysesExamples } from './examples/analyses';
import { stepsExamples } from './examples/steps';
import { strategyExamples } from './examples/strategy';
import { podsExamples } from './examples/pods';
import { aroundExamples } from './examples/around';

/**
 * For each rule one set of manifests that breaks it; `# here` ends the line
 * that it is to point to.
 */
export const EXAMPLES: Record<string, string> = {
  ...manifestExamples,
  ...validationExamples,
  ...metricsExamples,
  ...analysesExamples,
  ...stepsExamples,
  ...strategyExamples,
  ...podsExamples,
  ...aroundExamples,
};
