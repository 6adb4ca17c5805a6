import type {
  AnalysisTemplate,
  CanaryStep,
  KubeObject,
  PodTemplateSpec,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routeKey, type RolloutSnapshot } from '../../rollout/snapshot';
import type { Problem } from '../../rollout/validation/problem';
import { validateRollout } from '../../rollout/validation/validateRollout';
import {
  resolveTemplate,
  withSelector,
} from '../../rollout/workload/resolveWorkload';
import { routeReferencesOf } from '../../traffic/registry';
import type { FieldPath } from '../read/fieldPath';
import { namespaceOf, type LintObject } from '../read/lintObject';
import { analysisScenes, type AnalysisScene } from './analysisScene';
import type { ObjectIndex } from './objectIndex';
import type { TemplateFinder } from './templateFinder';

/** One rollout, and what of the manifests belongs to it. */
export interface RolloutScene {
  object: LintObject;
  /** With its namespace, and the selector that counts. */
  rollout: Rollout;
  namespace: string;
  steps: readonly CanaryStep[];
  /** Whether a router, not the number of pods, splits the traffic. */
  isRouted: boolean;
  /** What the weights add up to. */
  maxWeight: number;
  /** Pods, by default one. */
  replicas: number;
  /** The workload of `workloadRef`, if it is given. */
  workload?: LintObject;
  /** Its pod template, or that of its workload, and where it stands. */
  pods?: { object: LintObject; path: FieldPath; template: PodTemplateSpec };
  /** Services that the strategy names, by their field. */
  services: readonly { field: string; name: string; object?: LintObject }[];
  analyses: readonly AnalysisScene[];
  /** What the controller would refuse, as far as the manifests tell. */
  problems: readonly Problem[];
}

const SERVICE_FIELDS = [
  ['canary', 'canaryService'],
  ['canary', 'stableService'],
  ['canary', 'pingPong', 'pingService'],
  ['canary', 'pingPong', 'pongService'],
  ['blueGreen', 'activeService'],
  ['blueGreen', 'previewService'],
];

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<string, unknown> | undefined)?.[key],
    value,
  );
}

type References = { templateName: string; clusterScope?: boolean }[];

/** Templates that the strategy leads to, as the controller looks them up. */
function templatesOf(
  { spec }: Rollout,
  find: (
    reference: References[0],
  ) => { template: AnalysisTemplate } | undefined,
) {
  const found = {
    analysisTemplates: {} as Record<string, AnalysisTemplate>,
    clusterAnalysisTemplates: {} as Record<string, AnalysisTemplate>,
  };
  const visit = (reference: References[0]): void => {
    const side = reference.clusterScope
      ? found.clusterAnalysisTemplates
      : found.analysisTemplates;
    const template = find(reference)?.template;
    if (!template || Object.hasOwn(side, reference.templateName)) return;
    side[reference.templateName] = template;
    template.spec?.templates?.forEach(visit);
  };
  const { canary, blueGreen } = spec.strategy ?? {};
  const references: (References | undefined)[] = [
    canary?.analysis?.templates,
    blueGreen?.prePromotionAnalysis?.templates,
    blueGreen?.postPromotionAnalysis?.templates,
    ...(canary?.steps ?? []).flatMap(({ analysis, experiment }) => [
      analysis?.templates,
      experiment?.analyses,
    ]),
  ];
  references.forEach(each => each?.forEach(visit));
  return found;
}

function routesOf(rollout: Rollout, index: ObjectIndex) {
  const routes: Record<string, KubeObject> = {};
  for (const { resource, namespace, name } of routeReferencesOf(rollout)) {
    const kind = `${resource.group}/${resource.kind}`;
    const found =
      name === undefined
        ? index.in(namespace, kind)
        : [index.find(namespace, kind, name)];
    for (const each of found) {
      if (!each) continue;
      const key = routeKey(resource, namespace, each.value.metadata.name);
      routes[key] = each.value;
    }
  }
  return routes;
}

function podsOf(
  object: LintObject,
  workload: LintObject | undefined,
  template: PodTemplateSpec | undefined,
): RolloutScene['pods'] {
  if (!template?.spec) return undefined;
  if (!(object.value as Rollout).spec.workloadRef) {
    return { object, path: ['spec', 'template'], template };
  }
  if (!workload) return undefined;
  const path =
    workload.kind === 'PodTemplate' ? ['template'] : ['spec', 'template'];
  return { object: workload, path, template };
}

/** Puts one rollout together with what of the manifests belongs to it. */
export function rolloutScene(
  object: LintObject,
  index: ObjectIndex,
  findTemplate: TemplateFinder,
): RolloutScene {
  const namespace = namespaceOf(object);
  const own = object.value as Rollout;
  const { workloadRef, strategy } = own.spec;
  const services = SERVICE_FIELDS.flatMap(path => {
    const name = valueAt(strategy, path);
    if (typeof name !== 'string' || !name) return [];
    const field = `spec.strategy.${path.join('.')}`;
    return [{ field, name, object: index.find(namespace, '/Service', name) }];
  });
  const group = workloadRef?.kind === 'PodTemplate' ? '' : 'apps';
  const workload =
    workloadRef &&
    index.find(
      namespace,
      `${group}/${workloadRef.kind}`,
      workloadRef.name ?? '',
    );
  const find = (reference: References[0]) => findTemplate(namespace, reference);
  const rollout = { ...own, metadata: { ...own.metadata, namespace } };
  const templates = templatesOf(rollout, find);
  const snapshot: RolloutSnapshot = withSelector({
    rollout,
    replicaSets: [],
    pods: [],
    services: Object.fromEntries(
      services.flatMap(each =>
        each.object ? [[each.name, each.object.value as Service]] : [],
      ),
    ),
    analysisRuns: [],
    experiments: [],
    ...templates,
    routes: routesOf(rollout, index),
    disruptionBudgets: [],
    workload: workload?.value,
  });
  const canary = strategy?.canary;
  return {
    object,
    rollout: snapshot.rollout,
    namespace,
    steps: canary?.steps ?? [],
    isRouted: canary?.trafficRouting !== undefined,
    maxWeight: canary?.trafficRouting?.maxTrafficWeight ?? 100,
    replicas: own.spec.replicas ?? 1,
    workload,
    pods: podsOf(object, workload, resolveTemplate(snapshot)),
    services,
    analyses: analysisScenes(rollout, find, templates),
    problems: validateRollout(snapshot),
  };
}
