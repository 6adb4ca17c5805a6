import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AdmissionOptions } from './admissionOptions';
import { celList } from './celText';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** One rule: what must be true, and what is said when it is not. */
export interface Validation {
  expression: string;
  message: string;
}

/** What a policy looks at, whom it does not concern, and what it asks. */
export interface PolicyParts {
  name: string;
  resources: {
    apiGroups: string[];
    resources: string[];
    operations: ('CREATE' | 'UPDATE' | 'DELETE')[];
  };
  /** Whether the label is asked of the object or of its namespace. */
  selects: 'object' | 'namespace';
  /** Users whom it does not concern. */
  exempt: readonly string[];
  /** Further conditions for it to be asked. */
  conditions?: { name: string; expression: string }[];
  variables?: { name: string; expression: string }[];
  validations: Validation[];
}

/** A policy and its binding. Without the binding a policy does nothing. */
export function policyObjects(
  { label, action }: AdmissionOptions,
  parts: PolicyParts,
): KubeObject[] {
  const selector = { matchLabels: { [label.key]: label.value } };
  const { apiGroups, resources, operations } = parts.resources;
  const metadata = { name: parts.name };
  const policy = {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      // What cannot be judged is refused.
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups, apiVersions: ['*'], operations, resources },
        ],
        // An object matches also by the labels that it had before.
        ...(parts.selects === 'object'
          ? { objectSelector: selector }
          : { namespaceSelector: selector }),
      },
      matchConditions: [
        {
          name: 'not-exempt',
          expression: `!(request.userInfo.username in ${celList(parts.exempt)})`,
        },
        ...(parts.conditions ?? []),
      ],
      ...(parts.variables ? { variables: parts.variables } : {}),
      validations: parts.validations.map(each => ({
        ...each,
        reason: 'Forbidden',
      })),
    },
  };
  const binding = {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: parts.name, validationActions: [action] },
  };
  return [policy, binding];
}
