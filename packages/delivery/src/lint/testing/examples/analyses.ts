import {
  ANALYSIS,
  GOOD_STEPS,
  GOOD_TEMPLATE,
  blueGreen,
  canary,
  documents,
  routed,
} from '../manifests';
import { under } from '../pieces';

export const analysesExamples: Record<string, string> = {
  'background-before-traffic': documents(
    routed(GOOD_STEPS, under('analysis', ANALYSIS)).replace(
      'analysis:',
      'analysis: # here',
    ),
    GOOD_TEMPLATE,
  ),
  'analysis-before-traffic': documents(
    routed(`
- analysis: # here
    templates: [{ templateName: errors }]
    args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]
${GOOD_STEPS.trim()}
`),
    GOOD_TEMPLATE,
  ),
  'initial-delay-beyond-steps': documents(
    routed(GOOD_STEPS, under('analysis', ANALYSIS)).replace(
      'analysis:',
      'analysis: # here',
    ),
    GOOD_TEMPLATE.replace(
      'interval: 30s',
      'interval: 30s\n      initialDelay: 15m',
    ),
  ),
  'interval-beyond-steps': documents(
    routed(GOOD_STEPS, under('analysis', ANALYSIS)).replace(
      'analysis:',
      'analysis: # here',
    ),
    GOOD_TEMPLATE.replace('interval: 30s', 'interval: 20m'),
  ),
  'query-mixes-versions': documents(
    routed(
      GOOD_STEPS,
      under('analysis', `startingStep: 1\n${ANALYSIS.trim()}`),
    ).replace('analysis:', 'analysis: # here'),
    GOOD_TEMPLATE.replace('hash="{{args.hash}}"', 'app="shop"'),
  ),
  'nothing-decides': canary(GOOD_STEPS).replace('steps:', 'steps: # here'),
  'no-analysis': canary(`
- setWeight: 20
- pause: {}
- setWeight: 50
- pause: { duration: 5m }
`).replace('canary:', 'canary: # here'),
  'auto-promotion-unseen': blueGreen('autoPromotionEnabled: true # here'),
  'unused-template': documents(
    canary(GOOD_STEPS),
    GOOD_TEMPLATE.replace(
      'metadata: { name: errors }',
      'metadata: { name: errors } # here',
    ),
  ),
};
