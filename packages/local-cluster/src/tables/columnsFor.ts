import { StoredObject } from '../api/clusterApi';
import { Column } from '../kinds/kindDefinition';
import { ServedKind } from '../kinds/kindRegistry';
import { ageOf } from './age';
import { ageColumn, nameColumn } from './commonColumns';
import { readJsonPath } from './jsonPath';
import {
  endpointsColumns,
  endpointSliceColumns,
  ingressColumns,
  serviceColumns,
} from './networkColumns';
import {
  autoscalerColumns,
  bindingColumns,
  configMapColumns,
  definitionColumns,
  disruptionBudgetColumns,
  eventColumns,
  leaseColumns,
  namespaceColumns,
  nodeColumns,
  secretColumns,
  serviceAccountColumns,
} from './otherColumns';
import { podColumns } from './podColumns';
import { TableColumn } from './tableColumn';
import {
  deploymentColumns,
  jobColumns,
  replicaSetColumns,
} from './workloadColumns';

const BUILTIN: Readonly<Record<string, TableColumn[]>> = {
  'apps/deployments': deploymentColumns,
  'apps/replicasets': replicaSetColumns,
  'batch/jobs': jobColumns,
  '/pods': podColumns,
  '/services': serviceColumns,
  '/endpoints': endpointsColumns,
  'discovery.k8s.io/endpointslices': endpointSliceColumns,
  'networking.k8s.io/ingresses': ingressColumns,
  '/namespaces': namespaceColumns,
  '/configmaps': configMapColumns,
  '/secrets': secretColumns,
  '/events': eventColumns,
  '/nodes': nodeColumns,
  'coordination.k8s.io/leases': leaseColumns,
  'policy/poddisruptionbudgets': disruptionBudgetColumns,
  'autoscaling/horizontalpodautoscalers': autoscalerColumns,
  'apiextensions.k8s.io/customresourcedefinitions': definitionColumns,
  'rbac.authorization.k8s.io/roles': definitionColumns,
  'rbac.authorization.k8s.io/clusterroles': definitionColumns,
  '/serviceaccounts': serviceAccountColumns,
  'rbac.authorization.k8s.io/rolebindings': bindingColumns,
  'rbac.authorization.k8s.io/clusterrolebindings': bindingColumns,
};

/** The columns in which `kubectl get` shows a kind. */
export function columnsFor({ kind, version }: ServedKind): TableColumn[] {
  if (version.columns) return [nameColumn, ...version.columns.map(fromCrd)];
  return BUILTIN[`${kind.group}/${kind.resource}`] ?? [nameColumn, ageColumn];
}

function fromCrd(declared: Column): TableColumn {
  return {
    name: declared.name,
    type: declared.type,
    format: declared.format,
    description: declared.description ?? '',
    priority: declared.priority ?? 0,
    cell: (object, now) => cellOf(object, now, declared),
  };
}

function cellOf(object: StoredObject, now: number, declared: Column): unknown {
  const values = readJsonPath(object, declared.jsonPath);
  if (values.length === 0) return declared.type === 'date' ? '<unknown>' : null;
  const [first] = values;
  switch (declared.type) {
    case 'date':
      return ageOf(String(first), now);
    case 'integer':
      return Number.isFinite(Number(first)) ? Math.trunc(Number(first)) : null;
    case 'number':
      return Number.isFinite(Number(first)) ? Number(first) : null;
    case 'boolean':
      return typeof first === 'boolean' ? first : null;
    default:
      return typeof first === 'object' ? JSON.stringify(first) : String(first);
  }
}
