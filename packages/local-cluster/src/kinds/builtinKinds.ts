import { customResourceDefinitions } from './apiextensions';
import { appsKinds } from './apps/apps';
import { jobs } from './batch/jobs';
import { builtinKind } from './builtinKind';
import { coreKinds } from './core/core';
import { KindDefinition } from './kindDefinition';

const rbac = (kind: string, namespaced: boolean) =>
  builtinKind({ group: 'rbac.authorization.k8s.io', kind, namespaced });

/** Kinds that manifests often bring along. They are kept, and nothing acts on them. */
const inert: KindDefinition[] = [
  builtinKind({ kind: 'LimitRange', shortNames: ['limits'] }),
  builtinKind({ kind: 'ResourceQuota', shortNames: ['quota'], status: true }),
  builtinKind({
    kind: 'PersistentVolumeClaim',
    shortNames: ['pvc'],
    status: true,
  }),
  builtinKind({
    group: 'networking.k8s.io',
    kind: 'NetworkPolicy',
    resource: 'networkpolicies',
    shortNames: ['netpol'],
    generation: 'spec',
  }),
  builtinKind({
    group: 'networking.k8s.io',
    kind: 'IngressClass',
    resource: 'ingressclasses',
    namespaced: false,
    generation: 'spec',
  }),
  builtinKind({
    group: 'scheduling.k8s.io',
    kind: 'PriorityClass',
    resource: 'priorityclasses',
    namespaced: false,
    shortNames: ['pc'],
    generation: 'all',
  }),
];

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
      prepareCreate(draft) {
        draft.status = { currentMetrics: null, desiredReplicas: 0 };
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
    rules: {
      prepareCreate(draft) {
        draft.status = { loadBalancer: {} };
      },
    },
  }),
  customResourceDefinitions,
  rbac('Role', true),
  rbac('RoleBinding', true),
  rbac('ClusterRole', false),
  rbac('ClusterRoleBinding', false),
  ...inert,
];
