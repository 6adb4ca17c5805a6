import { customResourceDefinitions } from './apiextensions';
import { appsKinds } from './apps/apps';
import { jobs } from './batch/jobs';
import { builtinKind } from './builtinKind';
import { coreKinds } from './core/core';
import { KindDefinition } from './kindDefinition';

const rbac = (kind: string, namespaced: boolean) =>
  builtinKind({ group: 'rbac.authorization.k8s.io', kind, namespaced });

/** Every kind that is served without a CRD. RBAC objects are plain data: nobody is refused by them. */
export const builtinKinds: KindDefinition[] = [
  ...coreKinds,
  ...appsKinds,
  jobs,
  builtinKind({
    group: 'discovery.k8s.io',
    kind: 'EndpointSlice',
    generation: 'all',
  }),
  builtinKind({ group: 'coordination.k8s.io', kind: 'Lease' }),
  builtinKind({
    group: 'policy',
    kind: 'PodDisruptionBudget',
    shortNames: ['pdb'],
    status: true,
    generation: 'spec',
  }),
  builtinKind({
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    shortNames: ['hpa'],
    categories: ['all'],
    status: true,
    rules: {
      applyDefaults(draft) {
        draft.spec ??= {};
        draft.spec.minReplicas ??= 1;
      },
    },
  }),
  builtinKind({
    group: 'networking.k8s.io',
    kind: 'Ingress',
    resource: 'ingresses',
    shortNames: ['ing'],
    status: true,
    generation: 'spec',
  }),
  customResourceDefinitions,
  rbac('Role', true),
  rbac('RoleBinding', true),
  rbac('ClusterRole', false),
  rbac('ClusterRoleBinding', false),
];
