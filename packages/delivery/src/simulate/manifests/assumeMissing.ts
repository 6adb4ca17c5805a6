import type {
  AnalysisTemplate,
  KubeObject,
  PodTemplateSpec,
  Rollout,
  RolloutAnalysis,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { assumeRouting } from './assumedRouting';
import type { Manifests } from './manifests';
import { requireShape } from './requireShape';

/** One rollout with all that its strategy names. */
export interface Surroundings {
  rollout: Rollout;
  services: Service[];
  routes: KubeObject[];
  analysisTemplates: AnalysisTemplate[];
  clusterAnalysisTemplates: AnalysisTemplate[];
  disruptionBudgets: KubeObject[];
  workload?: KubeObject;
  /** What was made up, in sentences. */
  notes: string[];
}

const DEFAULT_NAMESPACE = 'default';

type Reference = { templateName: string; clusterScope?: boolean };

/** Analyses of every strategy, with those of experiments. */
function analysesOf({ spec }: Rollout): RolloutAnalysis[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  const steps = canary?.steps ?? [];
  const all = [
    canary?.analysis,
    ...steps.map(step => step.analysis),
    ...steps.map(({ experiment }) => ({ templates: experiment?.analyses })),
    blueGreen?.prePromotionAnalysis,
    blueGreen?.postPromotionAnalysis,
  ];
  return all.filter(each => each !== undefined);
}

function servicesNamedBy({ spec }: Rollout): string[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  const names = [
    canary?.canaryService,
    canary?.stableService,
    canary?.pingPong?.pingService,
    canary?.pingPong?.pongService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ];
  return [...new Set(names.flatMap(each => (each ? [each] : [])))];
}

const namesText = (names: string[]) =>
  names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
    : names.join('');

function isAre(names: string[], one: string, many: string) {
  return names.length === 1
    ? `${one} ${namesText(names)} is`
    : `${many} ${namesText(names)} are`;
}

function missingServices(rollout: Rollout, given: Service[], labels: object) {
  const { namespace } = rollout.metadata;
  const names = servicesNamedBy(rollout).filter(
    name => !given.some(each => each.metadata.name === name),
  );
  return names.map((name): Service => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { ...labels } },
  }));
}

/** Templates that an analysis or another template names, and nobody gave. */
function missingTemplates(rollout: Rollout, given: Manifests) {
  const known = (cluster: boolean) =>
    cluster ? given.clusterAnalysisTemplates : given.analysisTemplates;
  const missing = { namespaced: new Set<string>(), cluster: new Set<string>() };
  const seen = new Set<string>();
  const look = ({ templateName, clusterScope = false }: Reference): void => {
    const key = `${clusterScope}/${templateName}`;
    if (seen.has(key)) return;
    seen.add(key);
    const found = known(clusterScope).find(
      each => each.metadata.name === templateName,
    );
    if (found) found.spec?.templates?.forEach(look);
    else missing[clusterScope ? 'cluster' : 'namespaced'].add(templateName);
  };
  for (const { templates = [] } of analysesOf(rollout)) templates.forEach(look);
  const make = (name: string, namespace?: string): AnalysisTemplate => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: namespace ? 'AnalysisTemplate' : 'ClusterAnalysisTemplate',
    metadata: { name, ...(namespace ? { namespace } : {}) },
    // One measurement under the template's name, whose value is assumed.
    spec: { metrics: [{ name, provider: { assumed: {} } }] },
  });
  const { namespace = DEFAULT_NAMESPACE } = rollout.metadata;
  return {
    namespaced: [...missing.namespaced].map(name => make(name, namespace)),
    cluster: [...missing.cluster].map(name => make(name)),
  };
}

function assumedWorkload(rollout: Rollout, given: KubeObject[]) {
  const reference = rollout.spec.workloadRef;
  if (!reference) return undefined;
  const { kind = 'Deployment', name = '', apiVersion = 'apps/v1' } = reference;
  const found = given.find(
    each => each.kind === kind && each.metadata.name === name,
  );
  if (found) return { workload: found };
  const labels = rollout.spec.selector?.matchLabels ?? { app: name };
  const template: PodTemplateSpec = {
    metadata: { labels },
    spec: { containers: [{ name: 'app', image: `${name}:latest` }] },
  };
  const workload = {
    apiVersion,
    kind,
    metadata: { name, namespace: rollout.metadata.namespace, generation: 1 },
    spec: { replicas: 0, selector: { matchLabels: labels }, template },
  };
  return {
    workload,
    note: `${kind} ${name} is not among the files: it is assumed to have one container.`,
  };
}

/**
 * Puts one rollout of the manifests together with what belongs to it, and
 * makes up what is missing, so that a Rollout alone can be simulated. Says
 * what it made up.
 *
 * @throws ManifestError where an object or a list is something else
 */
export function assumeMissing(
  original: Rollout,
  manifests: Manifests,
): Surroundings {
  requireShape(original);
  const namespace = original.metadata.namespace ?? DEFAULT_NAMESPACE;
  const own = <T extends KubeObject>(objects: T[]): T[] =>
    objects
      .filter(each => (each.metadata.namespace ?? namespace) === namespace)
      .map(each => ({
        ...each,
        metadata: { ...each.metadata, namespace },
      }));
  const given: Manifests = {
    ...manifests,
    services: own(manifests.services),
    analysisTemplates: own(manifests.analysisTemplates),
    disruptionBudgets: own(manifests.disruptionBudgets),
    workloads: own(manifests.workloads),
    others: manifests.others.map(each => ({
      ...each,
      metadata: { namespace, ...each.metadata },
    })),
  };
  const routing = assumeRouting(
    { ...original, metadata: { ...original.metadata, namespace } },
    given.others,
  );
  const { rollout } = routing;
  const workload = assumedWorkload(rollout, given.workloads);
  const template = (
    (workload?.workload ?? rollout) as { spec: { template?: PodTemplateSpec } }
  ).spec?.template;
  const labels =
    rollout.spec.selector?.matchLabels ?? template?.metadata?.labels ?? {};
  const services = missingServices(rollout, given.services, labels);
  const templates = missingTemplates(rollout, given);
  const serviceNames = services.map(each => each.metadata.name);
  const templateNames = [...templates.namespaced, ...templates.cluster].map(
    each => each.metadata.name,
  );
  return {
    rollout,
    services: [...given.services, ...services],
    routes: routing.routes,
    analysisTemplates: [...given.analysisTemplates, ...templates.namespaced],
    clusterAnalysisTemplates: [
      ...given.clusterAnalysisTemplates,
      ...templates.cluster,
    ],
    disruptionBudgets: given.disruptionBudgets,
    ...(workload ? { workload: workload.workload } : {}),
    notes: [
      ...(serviceNames.length
        ? [
            `${isAre(serviceNames, 'Service', 'Services')} not among the files: assumed to select the rollout's pods.`,
          ]
        : []),
      ...routing.notes,
      ...(workload?.note ? [workload.note] : []),
      ...(templateNames.length
        ? [
            `${isAre(templateNames, 'Analysis template', 'Analysis templates')} not among the files: assumed to take one measurement.`,
          ]
        : []),
    ],
  };
}
