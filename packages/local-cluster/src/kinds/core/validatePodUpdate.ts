import { Cause } from '../../api/apiError';
import { StoredObject } from '../../api/clusterApi';
import { equalJson } from '../../storage/equalJson';

type Spec = Record<string, any>;

/** What of a pod's spec may change while it lives; the rest is set once. */
export function validatePodUpdate(
  spec: Spec,
  previous: StoredObject | undefined,
): Cause[] {
  const before = previous?.spec as Spec | undefined;
  if (
    !before ||
    equalJson(fixedParts(spec, before), fixedParts(before, before))
  ) {
    return [];
  }
  return [
    {
      reason: 'FieldValueForbidden',
      field: 'spec',
      message:
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    },
  ];
}

function fixedParts(spec: Spec, before: Spec): Spec {
  const withoutImages = (containers: Spec[] | undefined) =>
    containers?.map(({ image: _, ...container }) => container);
  const {
    activeDeadlineSeconds: _a,
    tolerations: _b,
    ephemeralContainers: _c,
    schedulingGates: _d,
    nodeName,
    ...fixed
  } = spec;
  return {
    ...fixed,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
    // A pod gets its node once.
    ...(before.nodeName && { nodeName }),
  };
}
