import { builtinKind } from '../builtinKind';
import { KindDefinition, ScalePaths } from '../kindDefinition';
import { applyTemplateDefaults, validateWorkload } from './workloadRules';

const scale: ScalePaths = {
  spec: '.spec.replicas',
  status: '.status.replicas',
  selector: '.spec.selector',
};

/** The group `apps`. StatefulSets and DaemonSets are not served. */
export const appsKinds: KindDefinition[] = [
  builtinKind({
    group: 'apps',
    kind: 'Deployment',
    shortNames: ['deploy'],
    categories: ['all'],
    status: true,
    scale,
    generation: 'spec',
    rules: {
      applyDefaults(draft) {
        applyTemplateDefaults(draft);
        const { spec } = draft;
        spec.strategy ??= {};
        spec.strategy.type ??= 'RollingUpdate';
        if (spec.strategy.type === 'RollingUpdate') {
          spec.strategy.rollingUpdate ??= {};
          spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
          spec.strategy.rollingUpdate.maxSurge ??= '25%';
        }
        spec.revisionHistoryLimit ??= 10;
        spec.progressDeadlineSeconds ??= 600;
      },
      validate: validateWorkload,
    },
  }),
  builtinKind({
    group: 'apps',
    kind: 'ReplicaSet',
    shortNames: ['rs'],
    categories: ['all'],
    status: true,
    scale,
    generation: 'spec',
    selectableFields: ['status.replicas'],
    rules: {
      applyDefaults: applyTemplateDefaults,
      prepareCreate(draft) {
        draft.status = { replicas: 0 };
      },
      validate: validateWorkload,
    },
  }),
];
