import { StoredObject } from '../../api/clusterApi';
import { Condition, conditionOf } from '../objects/pod';
import { timestamp } from '../objects/time';

/** A condition that says whether something is still to be done. */
interface Finding {
  type: string;
  /** Undefined: nothing of the kind. */
  problem?: string;
  reasons: { yes: string; no: string };
  /** When there is no problem. */
  message: string;
}

/**
 * What keeps a namespace that is to go, in the words of Kubernetes' namespace
 * controller.
 *
 * @param left - objects that are still there
 * @param kinds - of each of them, as `plural.group`
 */
export function deletionConditions(
  namespace: StoredObject,
  left: readonly StoredObject[],
  kinds: readonly string[],
  now: number,
): Condition[] {
  const finalizers = left.flatMap(({ metadata }) => metadata.finalizers ?? []);
  const findings: Finding[] = [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      reasons: { yes: 'DiscoveryFailed', no: 'ResourcesDiscovered' },
      message: 'All resources successfully discovered',
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      reasons: { yes: 'GroupVersionParsingFailed', no: 'ParsedGroupVersions' },
      message: 'All legacy kube types successfully parsed',
    },
    {
      type: 'NamespaceDeletionContentFailure',
      reasons: { yes: 'ContentDeletionFailed', no: 'ContentDeleted' },
      message:
        'All content successfully deleted, may be waiting on finalization',
    },
    {
      type: 'NamespaceContentRemaining',
      problem: `Some resources are remaining: ${counted(kinds, (kind, count) => `${kind} has ${count} resource instances`)}`,
      reasons: { yes: 'SomeResourcesRemain', no: 'ContentRemoved' },
      message: 'All content successfully removed',
    },
    {
      type: 'NamespaceFinalizersRemaining',
      ...(finalizers.length > 0 && {
        problem: `Some content in the namespace has finalizers remaining: ${counted(finalizers, (finalizer, count) => `${finalizer} in ${count} resource instances`)}`,
      }),
      reasons: { yes: 'SomeFinalizersRemain', no: 'ContentHasNoFinalizers' },
      message: 'All content-preserving finalizers finished',
    },
  ];
  return findings.map(finding => {
    const known = conditionOf(namespace, finding.type);
    const status = finding.problem === undefined ? 'False' : 'True';
    return {
      type: finding.type,
      status,
      reason:
        finding.problem === undefined
          ? finding.reasons.no
          : finding.reasons.yes,
      message: finding.problem ?? finding.message,
      lastTransitionTime:
        known?.status === status ? known.lastTransitionTime : timestamp(now),
    };
  });
}

function counted(
  values: readonly string[],
  words: (value: string, count: number) => string,
): string {
  return [...new Set(values)]
    .sort()
    .map(value => words(value, values.filter(each => each === value).length))
    .join(', ');
}
