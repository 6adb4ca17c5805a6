import { managedBy } from './managedBy';

const object = (metadata: object) => ({ metadata: { name: 'x', ...metadata } });

it.each([
  [
    'Argo CD by annotation',
    {
      annotations: {
        'argocd.argoproj.io/tracking-id': 'shop:argoproj.io/Rollout:demo/x',
      },
    },
    { tool: 'Argo CD', name: 'shop' },
  ],
  [
    'Argo CD by label',
    { labels: { 'argocd.argoproj.io/instance': 'shop' } },
    { tool: 'Argo CD', name: 'shop' },
  ],
  [
    'a Flux kustomization',
    { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
    { tool: 'Flux', name: 'apps' },
  ],
  [
    'a Flux Helm release',
    {
      labels: {
        'helm.toolkit.fluxcd.io/name': 'web',
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: { 'meta.helm.sh/release-name': 'web' },
    },
    { tool: 'Flux', name: 'web' },
  ],
  [
    'Helm alone',
    {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'web' },
    },
    { tool: 'Helm', name: 'web' },
  ],
  ['nobody', { labels: { 'app.kubernetes.io/instance': 'x' } }, undefined],
])('recognises %s', (_, metadata, expected) => {
  expect(managedBy(object(metadata))).toEqual(expected);
});
