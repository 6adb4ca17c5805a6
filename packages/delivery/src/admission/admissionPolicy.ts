import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { serviceAccount, type AdmissionOptions } from './admissionOptions';
import { celIsTrue, celSameBut } from './celText';
import {
  keepsAuthor,
  keepsLabel,
  keepsLabels,
  keepsOwners,
} from './identityRules';
import {
  policyObjects,
  type PolicyParts,
  type Validation,
} from './policyParts';

const NAME = 'progressive-delivery';
const ASK = 'Do it in the portal, where it can be approved.';

/** Nothing of these brings a version to anybody. */
const HARMLESS = [
  'replicas',
  'revisionHistoryLimit',
  'progressDeadlineSeconds',
  'progressDeadlineAbort',
  'analysis',
];
/** With rules of their own. */
const RULED = ['paused', 'restartAt', 'template'];

/** Kubernetes' own, which delete what belongs to what was deleted. */
const COLLECTORS = [
  serviceAccount('kube-system', 'generic-garbage-collector'),
  serviceAccount('kube-system', 'namespace-controller'),
  'system:kube-controller-manager',
];

const SAME_TEMPLATE: Validation = {
  expression:
    'has(object.spec.template) == has(oldObject.spec.template) && (!has(object.spec.template) || object.spec.template == oldObject.spec.template)',
  message: `The pod template of a guarded rollout (set image, undo) is not changed past the portal. ${ASK}`,
};

/** What people may change of a Rollout besides its status. */
function rolloutParts(options: AdmissionOptions): PolicyParts {
  const { portals, deployers, free } = options;
  const isUnpaused = `(${celIsTrue('oldObject.spec.paused')}) && !(${celIsTrue('object.spec.paused')})`;
  return {
    name: `${NAME}-rollouts`,
    resources: {
      apiGroups: ['argoproj.io'],
      resources: ['rollouts'],
      operations: ['UPDATE'],
    },
    selects: 'object',
    exempt: [...portals, ...deployers],
    variables: [
      { name: 'before', expression: 'dyn(oldObject.spec)' },
      { name: 'after', expression: 'dyn(object.spec)' },
    ],
    validations: [
      keepsLabels(options),
      keepsAuthor(),
      ...(free.includes('delete') ? [] : [keepsOwners(COLLECTORS)]),
      SAME_TEMPLATE,
      {
        expression: `!(${isUnpaused}) || (${celIsTrue('oldObject.status.abort')})`,
        message: `A guarded rollout that was paused by hand is not resumed past the portal. ${ASK}`,
      },
      ...(free.includes('restart')
        ? []
        : [
            {
              expression:
                'has(object.spec.restartAt) == has(oldObject.spec.restartAt) && (!has(object.spec.restartAt) || object.spec.restartAt == oldObject.spec.restartAt)',
              message: `A guarded rollout is not restarted past the portal. ${ASK}`,
            },
          ]),
      {
        expression: celSameBut('variables.before', 'variables.after', [
          ...HARMLESS,
          ...RULED,
        ]),
        message: `Of a guarded rollout only ${[...HARMLESS, 'paused: true'].join(', ')} may be changed past the portal: its steps decide what is asked. ${ASK}`,
      },
    ],
  };
}

/** Of the status people may write one thing: that it is to be aborted. */
function statusParts(options: AdmissionOptions): PolicyParts {
  return {
    name: `${NAME}-status`,
    resources: {
      apiGroups: ['argoproj.io'],
      resources: ['rollouts/status'],
      operations: ['UPDATE'],
    },
    selects: 'object',
    exempt: [...options.portals, ...options.controllers],
    variables: [
      {
        name: 'before',
        expression: 'has(oldObject.status) ? dyn(oldObject.status) : dyn({})',
      },
      {
        name: 'after',
        expression: 'has(object.status) ? dyn(object.status) : dyn({})',
      },
    ],
    validations: [
      {
        expression: celSameBut('variables.before', 'variables.after', [
          'abort',
        ]),
        message: `Of the status of a guarded rollout only abort: true is written past the portal and the controller: no promotion, no skipped step. ${ASK}`,
      },
      {
        expression: `!(${celIsTrue('oldObject.status.abort')}) || (${celIsTrue('object.status.abort')})`,
        message: `A guarded rollout that was aborted is not retried past the portal. ${ASK}`,
      },
    ],
  };
}

/** To delete a rollout and to make it again is to deploy without steps. */
function deletionParts({ portals, deployers }: AdmissionOptions): PolicyParts {
  return {
    name: `${NAME}-deletion`,
    resources: {
      apiGroups: ['argoproj.io'],
      resources: ['rollouts'],
      operations: ['DELETE'],
    },
    selects: 'object',
    exempt: [...portals, ...deployers, ...COLLECTORS],
    validations: [
      {
        expression: 'false',
        message:
          'A guarded rollout is not deleted by hand: to make it again would be to deploy without steps. Who applies its manifest may delete it.',
      },
    ],
  };
}

/** The template of a Deployment that a Rollout refers to is the Rollout's. */
function workloadParts(options: AdmissionOptions): PolicyParts {
  return {
    name: `${NAME}-workloads`,
    resources: {
      apiGroups: ['apps'],
      resources: ['deployments'],
      operations: ['UPDATE'],
    },
    selects: 'object',
    exempt: [...options.portals, ...options.deployers],
    validations: [keepsLabel(options), SAME_TEMPLATE],
  };
}

/**
 * An analysis that is ended before it has failed counts as successful, and a
 * controller takes up one that it finds under the name of its next.
 */
function analysisParts({
  portals,
  controllers,
}: AdmissionOptions): PolicyParts {
  return {
    name: `${NAME}-analysis`,
    resources: {
      apiGroups: ['argoproj.io'],
      resources: [
        'analysisruns',
        'analysisruns/status',
        'experiments',
        'experiments/status',
      ],
      operations: ['CREATE', 'UPDATE', 'DELETE'],
    },
    selects: 'namespace',
    exempt: [...portals, ...controllers, ...COLLECTORS],
    conditions: [
      {
        name: 'made-by-a-controller',
        expression:
          '[oldObject == null ? object : oldObject].exists(it, has(it.metadata.ownerReferences) && it.metadata.ownerReferences.exists(owner, has(owner.controller) && owner.controller && owner.kind in ["Rollout", "Experiment"]))',
      },
    ],
    validations: [
      {
        expression: 'false',
        message: `What decides about a rollout in a guarded namespace is not made, ended, changed or deleted past the portal. ${ASK}`,
      },
    ],
  };
}

/**
 * ValidatingAdmissionPolicies with their bindings (Kubernetes 1.30 and later):
 * in a cluster that has them, what the portal refuses or lets others approve
 * cannot be done past it by kubectl, with the rights that people have there.
 * Abort and pause stay free for everybody.
 */
export function admissionPolicy(options: AdmissionOptions): KubeObject[] {
  const { free } = options;
  return [
    rolloutParts(options),
    statusParts(options),
    ...(free.includes('delete') ? [] : [deletionParts(options)]),
    workloadParts(options),
    ...(free.includes('terminate-analysis') ? [] : [analysisParts(options)]),
  ].flatMap(parts => policyObjects(options, parts));
}
