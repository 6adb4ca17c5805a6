import { builtinKind } from '../builtinKind';
import { applyPodSpecDefaults } from './podTemplateDefaults';
import { validatePodSpec } from './validatePodSpec';
import { validatePodUpdate } from './validatePodUpdate';

export const pods = builtinKind({
  kind: 'Pod',
  shortNames: ['po'],
  categories: ['all'],
  status: true,
  generation: 'spec',
  selectableFields: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  rules: {
    applyDefaults(draft) {
      draft.spec ??= {};
      applyPodSpecDefaults(draft.spec);
      draft.spec.enableServiceLinks ??= true;
      draft.spec.serviceAccountName ??= 'default';
      draft.spec.serviceAccount ??= draft.spec.serviceAccountName;
      draft.spec.preemptionPolicy ??= 'PreemptLowerPriority';
      draft.spec.priority ??= 0;
    },
    prepareCreate(draft) {
      draft.spec.tolerations = withNodeTolerations(draft.spec.tolerations);
      draft.status = { phase: 'Pending', qosClass: qosClassOf(draft.spec) };
    },
    validate: ({ spec }, previous) => [
      ...validatePodSpec(spec, 'spec'),
      ...validatePodUpdate(spec, previous),
    ],
  },
});

/** Every pod stays five minutes on a node that is gone, unless it says otherwise. */
function withNodeTolerations(given: Record<string, any>[] = []) {
  const added = ['not-ready', 'unreachable']
    .map(state => `node.kubernetes.io/${state}`)
    .filter(
      key =>
        !given.some(
          toleration =>
            (!toleration.key || toleration.key === key) &&
            (!toleration.effect || toleration.effect === 'NoExecute'),
        ),
    )
    .map(key => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    }));
  return [...given, ...added];
}

/** `Guaranteed` when every container's requests equal its limits, `BestEffort` when none has any. */
function qosClassOf(spec: Record<string, any>): string {
  const resources = [
    ...(spec.initContainers ?? []),
    ...(spec.containers ?? []),
  ].map(container => container?.resources ?? {});
  const none = resources.every(
    ({ limits, requests }) =>
      Object.keys(limits ?? {}).length === 0 &&
      Object.keys(requests ?? {}).length === 0,
  );
  if (none) return 'BestEffort';
  const guaranteed = resources.every(({ limits, requests }) =>
    ['cpu', 'memory'].every(
      name => limits?.[name] && requests?.[name] === limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
