import { CONTAINER, GOOD_STEPS, canary, rollout, routed } from '../manifests';

export const podsExamples: Record<string, string> = {
  'missing-readiness-probe': rollout({
    strategy: 'blueGreen: { activeService: shop, autoPromotionEnabled: false }',
    containers: CONTAINER.replace(/.*readinessProbe.*\n/, '').replace(
      '- name: shop',
      '- name: shop # here',
    ),
  }),
  'resources-missing': rollout({
    strategy: 'blueGreen: { activeService: shop, autoPromotionEnabled: false }',
    containers: CONTAINER.replace(/.*resources.*\n/, '').replace(
      '- name: shop',
      '- name: shop # here',
    ),
  }),
  'image-tag-moves': rollout({
    strategy: 'blueGreen: { activeService: shop, autoPromotionEnabled: false }',
    containers: CONTAINER.replace('shop:1.2.3', 'shop:latest # here'),
  }),
  'progress-deadline-short': canary(
    GOOD_STEPS,
    'progressDeadlineSeconds: 60 # here',
  ).replace(
    'readinessProbe:',
    'startupProbe: { httpGet: { path: /, port: http }, failureThreshold: 30 }\n          readinessProbe:',
  ),
  'no-graceful-stop': routed(GOOD_STEPS)
    .replace(/.*lifecycle.*\n/, '')
    .replace('- name: shop', '- name: shop # here'),
};
