import { builtinKind } from '../builtinKind';
import { KindDefinition } from '../kindDefinition';
import { applyPodSpecDefaults } from './podTemplateDefaults';
import { validateConfigKeys } from './configKeys';
import { pods } from './pods';
import { services } from './services';

/** The core group: `/api/v1`. */
export const coreKinds: KindDefinition[] = [
  builtinKind({
    kind: 'Namespace',
    namespaced: false,
    shortNames: ['ns'],
    status: true,
    selectableFields: ['status.phase'],
    rules: {
      applyDefaults(draft) {
        draft.metadata.labels = {
          ...draft.metadata.labels,
          'kubernetes.io/metadata.name': draft.metadata.name ?? '',
        };
      },
      prepareCreate(draft) {
        draft.spec = { finalizers: ['kubernetes'] };
        draft.status = { phase: 'Active' };
      },
    },
  }),
  pods,
  services,
  builtinKind({ kind: 'Endpoints', resource: 'endpoints', shortNames: ['ep'] }),
  builtinKind({
    kind: 'ConfigMap',
    shortNames: ['cm'],
    rules: { validate: validateConfigKeys },
  }),
  builtinKind({
    kind: 'Secret',
    selectableFields: ['type'],
    rules: {
      applyDefaults(draft) {
        draft.type ??= 'Opaque';
        if (!draft.stringData) return;
        draft.data ??= {};
        for (const [key, text] of Object.entries(draft.stringData)) {
          draft.data[key] = Buffer.from(String(text)).toString('base64');
        }
        delete draft.stringData;
      },
      validate: validateConfigKeys,
    },
  }),
  builtinKind({
    kind: 'Event',
    shortNames: ['ev'],
    selectableFields: [
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
  }),
  builtinKind({
    kind: 'Node',
    namespaced: false,
    shortNames: ['no'],
    status: true,
    selectableFields: ['spec.unschedulable'],
  }),
  builtinKind({ kind: 'ServiceAccount', shortNames: ['sa'] }),
  builtinKind({
    kind: 'PodTemplate',
    rules: {
      applyDefaults(draft) {
        if (draft.template?.spec) applyPodSpecDefaults(draft.template.spec);
      },
    },
  }),
];
