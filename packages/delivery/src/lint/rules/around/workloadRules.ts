import type {
  KubeObject,
  LabelSelector,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isSelectedBy } from '../../../rollout/restart/isSelectedBy';
import { namespaceOf, titleOf, type LintObject } from '../../read/lintObject';
import type { LintRule } from '../../rule';
import type { LintScene } from '../../scene/lintScene';
import { templateLabels } from '../pods/podRules';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

type WithSelector = KubeObject & {
  spec?: { replicas?: number; selector?: LabelSelector; workloadRef?: unknown };
};

/** Rollouts and Deployments that choose their pods by themselves. */
function ownersOfPods({ objects, shapes }: LintScene): LintObject[] {
  return objects.filter(object => {
    const key = `${object.group}/${object.kind}`;
    if (key !== 'argoproj.io/Rollout' && key !== 'apps/Deployment')
      return false;
    const { spec } = object.value as WithSelector;
    const sound = shapes.get(object)?.every(each => each.kind === 'unknown');
    return Boolean(sound && spec?.selector && !spec.workloadRef);
  });
}

/** What takes the same labels has the same key here, so that few are compared. */
function selectorKey(object: LintObject): string {
  const { selector } = (object.value as WithSelector).spec ?? {};
  const [first] = Object.entries(selector?.matchLabels ?? {}).sort();
  return `${namespaceOf(object)}/${first?.join('=') ?? ''}`;
}

export const selectorsOverlap: LintRule = {
  id: 'selectors-overlap',
  severity: 'error',
  title: 'No two workloads select the same pods',
  explanation:
    'Two controllers that select the same pods count, adopt and stop each other’s. With a Deployment beside a rollout the service answers with both versions, whatever the weights say.',
  fix: 'Give each a label of its own in selector and template; take a Deployment over by workloadRef.',
  source: SOURCES.deployment,
  *check(scene) {
    const groups = new Map<string, LintObject[]>();
    for (const object of ownersOfPods(scene)) {
      // An overlap needs a common label, or a selector without labels.
      const labels = templateLabels(object.value);
      const keys = Object.entries(labels).map(
        each => `${namespaceOf(object)}/${each.join('=')}`,
      );
      for (const key of new Set([...keys, `${namespaceOf(object)}/`])) {
        const group = groups.get(key);
        if (group) group.push(object);
        else groups.set(key, [object]);
      }
    }
    for (const object of ownersOfPods(scene)) {
      const { selector } = (object.value as WithSelector).spec ?? {};
      for (const other of groups.get(selectorKey(object)) ?? []) {
        if (other === object) continue;
        const { name } = other.value.metadata;
        // The same object twice is `duplicate-object`.
        if (other.kind === object.kind && name === object.value.metadata.name) {
          continue;
        }
        if (!isSelectedBy(templateLabels(other.value), selector)) continue;
        yield {
          object,
          path: ['spec', 'selector'],
          message: `The selector also takes the pods of ${titleOf(other)}.`,
        };
      }
    }
  },
};

export const workloadKeepsRunning = perRollout(
  {
    id: 'workload-keeps-running',
    severity: 'warning',
    title: 'A Deployment that is taken over gives up its pods',
    explanation:
      'Without scaleDown (or with never) the Deployment’s pods stay beside the rollout’s: twice the pods, and a service that selects both answers with both.',
    fix: 'Set workloadRef.scaleDown: progressively (or onsuccess).',
    source: SOURCES.migrating,
  },
  function* check({ rollout, workload }) {
    const { workloadRef } = rollout.spec;
    if (workloadRef?.kind !== 'Deployment') return;
    if (workloadRef.scaleDown && workloadRef.scaleDown !== 'never') return;
    const { spec } = (workload?.value ?? {}) as WithSelector;
    if (workload && spec?.replicas === 0) return;
    yield {
      path: ['spec', 'workloadRef', 'scaleDown'],
      message: `Deployment ${workloadRef.name} keeps its pods beside the rollout's.`,
    };
  },
);

interface Scaler extends KubeObject {
  spec?: {
    scaleTargetRef?: { apiVersion?: string; kind?: string; name?: string };
    minReplicas?: number;
    maxReplicas?: number;
  };
}

/** HorizontalPodAutoscalers, with what they scale. */
function* scalersOf({ objects }: LintScene) {
  for (const object of objects) {
    if (object.kind !== 'HorizontalPodAutoscaler') continue;
    const { scaleTargetRef } = (object.value as Scaler).spec ?? {};
    if (scaleTargetRef) yield { object, target: scaleTargetRef };
  }
}

export const scalerOnDeployment: LintRule = {
  id: 'hpa-on-deployment',
  severity: 'warning',
  title: 'An autoscaler scales the rollout',
  explanation:
    'After the move from a Deployment an autoscaler that still names it scales pods that are not wanted any more, and the rollout is never scaled.',
  fix: 'Let scaleTargetRef name the Rollout: apiVersion argoproj.io/v1alpha1, kind Rollout.',
  source: SOURCES.hpa,
  *check(scene) {
    for (const { object, target } of scalersOf(scene)) {
      if (target.kind !== 'Deployment') continue;
      const owner = scene.rollouts.find(
        ({ rollout, namespace }) =>
          namespace === namespaceOf(object) &&
          (rollout.spec.workloadRef?.name === target.name ||
            (rollout.metadata.name === target.name &&
              !scene.index.find(
                namespace,
                'apps/Deployment',
                target.name ?? '',
              ))),
      );
      if (!owner) continue;
      yield {
        object,
        path: ['spec', 'scaleTargetRef', 'kind'],
        message: `It scales Deployment ${target.name}, whose pods Rollout ${owner.rollout.metadata.name} has taken over.`,
      };
    }
  },
};

export const scalerGroup: LintRule = {
  id: 'hpa-wrong-group',
  severity: 'error',
  title: 'An autoscaler finds the rollout',
  explanation:
    'A Rollout is of argoproj.io/v1alpha1. With apps/v1, copied from a Deployment, the autoscaler finds nothing and scales nothing.',
  fix: 'Write apiVersion: argoproj.io/v1alpha1.',
  source: SOURCES.hpa,
  *check(scene) {
    for (const { object, target } of scalersOf(scene)) {
      if (target.kind !== 'Rollout') continue;
      if (target.apiVersion?.startsWith('argoproj.io/')) continue;
      yield {
        object,
        path: ['spec', 'scaleTargetRef', 'apiVersion'],
        message: `There is no Rollout in ${target.apiVersion ?? 'the core group'}.`,
      };
    }
  },
};

export const replicasWithScaler: LintRule = {
  id: 'replicas-beside-hpa',
  severity: 'info',
  title: 'One of manifest and autoscaler says how many pods there are',
  explanation:
    'spec.replicas in the manifest resets what the autoscaler has decided each time it is applied, in mid-release too.',
  fix: 'Remove spec.replicas.',
  source: SOURCES.hpa,
  *check(scene) {
    for (const { object, target } of scalersOf(scene)) {
      if (target.kind !== 'Rollout' || !target.name) continue;
      const rollout = scene.index.find(
        namespaceOf(object),
        'argoproj.io/Rollout',
        target.name,
      );
      if ((rollout?.value as WithSelector)?.spec?.replicas === undefined)
        continue;
      yield {
        object: rollout as LintObject,
        path: ['spec', 'replicas'],
        message: `${titleOf(object)} decides how many pods there are.`,
      };
    }
  },
};

interface Budget extends KubeObject {
  spec?: {
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    selector?: LabelSelector;
  };
}

/** Pods that a budget lets go at once. */
function spareOf({ spec = {} }: Budget, replicas: number): number {
  const pods = (value: number | string, round: (of: number) => number) =>
    typeof value === 'number'
      ? value
      : round((Number.parseFloat(value) * replicas) / 100);
  // Both round up: source, Kubernetes' disruption budgets.
  if (spec.maxUnavailable !== undefined)
    return pods(spec.maxUnavailable, Math.ceil);
  if (spec.minAvailable !== undefined) {
    return replicas - pods(spec.minAvailable, Math.ceil);
  }
  return replicas;
}

export const budgetBlocks = perRollout(
  {
    id: 'budget-blocks',
    severity: 'warning',
    title: 'A disruption budget lets at least one pod go',
    explanation:
      'A budget that spares no pod holds every eviction: node drains hang, and a restart of the rollout, which evicts its pods, never ends.',
    fix: 'Set maxUnavailable to 1, or run one replica more than minAvailable.',
    source: SOURCES.budgets,
  },
  function* check({ rollout, namespace, replicas, pods }, { index }) {
    if (!pods || !replicas) return;
    const labels = pods.template.metadata?.labels ?? {};
    for (const object of index.in(namespace, 'policy/PodDisruptionBudget')) {
      const budget = object.value as Budget;
      const { selector } = budget.spec ?? {};
      if (!selector || !isSelectedBy(labels, selector)) continue;
      if (spareOf(budget, replicas) > 0) continue;
      const field =
        budget.spec?.maxUnavailable === undefined
          ? 'minAvailable'
          : 'maxUnavailable';
      yield {
        object,
        path: ['spec', field],
        message: `None of the ${replicas} pods of ${rollout.metadata.name} may ever be evicted.`,
      };
    }
  },
);
