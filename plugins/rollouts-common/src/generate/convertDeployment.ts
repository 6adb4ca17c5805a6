import type {
  Container,
  KubeObject,
  LabelSelector,
  PodTemplateSpec,
} from '../kubernetes/objects';
import type { Rollout, RolloutSpec } from '../kubernetes/rollout';
import { analysisTemplates } from './analysisTemplates';
import { assembleFiles, type GeneratedRollout } from './assembleFiles';
import type { CommentedObject } from './commentedObject';
import { completeDescription } from './completeDescription';
import { DescriptionError, type RolloutDescription } from './description';
import { descriptionProblems } from './descriptionProblems';
import { rolloutObject } from './rolloutObject';
import { routeObjects } from './routeObjects';
import { serviceObjects } from './serviceObjects';

/**
 * How a Deployment becomes a Rollout: `in-place` its manifest is replaced, by
 * `workload-ref` it stays, and the Rollout takes its pods over one by one.
 * @public
 */
export type ConversionMode = 'in-place' | 'workload-ref';

/** The strategy; name, image and pods are the Deployment's. @public */
export type ConversionDescription = Omit<
  RolloutDescription,
  'name' | 'image' | 'namespace' | 'replicas' | 'port' | 'readinessPath'
>;

interface Deployment extends KubeObject {
  spec: Pick<
    RolloutSpec,
    | 'replicas'
    | 'minReadySeconds'
    | 'revisionHistoryLimit'
    | 'progressDeadlineSeconds'
  > & {
    selector: LabelSelector;
    template: PodTemplateSpec;
    paused?: boolean;
  };
}

type WithPorts = Container & {
  ports?: { name?: string; containerPort?: number }[];
};

/** The pods of the rollout are those of the Deployment: this one stands for them. */
const ANY_IMAGE = 'converted/pods:1';

function asDeployment(value: unknown): Deployment {
  const { kind, apiVersion, metadata, spec } = (value ??
    {}) as Partial<Deployment>;
  const problem = (path: string, message: string) =>
    new DescriptionError([{ path, message }]);
  if (kind !== 'Deployment' || !apiVersion?.startsWith('apps/')) {
    throw problem('deployment', 'must be a Deployment of apps/v1');
  }
  if (typeof metadata?.name !== 'string') {
    throw problem('deployment.metadata.name', 'is missing');
  }
  if (
    !spec?.selector?.matchLabels ||
    !Array.isArray(spec.template?.spec?.containers)
  ) {
    throw problem(
      'deployment.spec',
      'needs a selector with matchLabels, and a template with containers',
    );
  }
  return value as Deployment;
}

/** The first port that a container serves on. */
function portOf({ spec }: Deployment): number | string {
  const ports = (spec.template.spec.containers as WithPorts[]).flatMap(
    each => each.ports ?? [],
  );
  return ports[0]?.name ?? ports[0]?.containerPort ?? 80;
}

/** What the Deployment's controller and kubectl write, of a Deployment only. */
const OF_DEPLOYMENTS =
  /^(deployment\.kubernetes\.io|kubectl\.kubernetes\.io)\//;

function ownAnnotations({ annotations = {} }: KubeObject['metadata']) {
  const own = Object.entries(annotations).filter(
    ([key]) => !OF_DEPLOYMENTS.test(key),
  );
  return own.length ? { annotations: Object.fromEntries(own) } : {};
}

function convertedRollout(
  deployment: Deployment,
  generated: CommentedObject,
  mode: ConversionMode,
): CommentedObject {
  const { metadata, spec } = deployment;
  const { namespace, labels } = metadata;
  const own = generated.object as Rollout;
  const { replicas = 1, minReadySeconds, progressDeadlineSeconds } = spec;
  const object: Rollout = {
    ...own,
    metadata: {
      name: metadata.name,
      ...(namespace ? { namespace } : {}),
      ...(labels ? { labels } : {}),
      ...(mode === 'in-place' ? ownAnnotations(metadata) : {}),
    },
    spec: {
      replicas,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      ...(progressDeadlineSeconds === undefined
        ? {}
        : { progressDeadlineSeconds }),
      ...(mode === 'workload-ref'
        ? {
            workloadRef: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: metadata.name,
              scaleDown: 'progressively' as const,
            },
          }
        : { selector: spec.selector }),
      strategy: own.spec.strategy,
      ...(mode === 'in-place' ? { template: spec.template } : {}),
    },
  };
  const ofStrategy = generated.comments.filter(
    each => each.path[1] === 'strategy',
  );
  const scaleDown = {
    path: ['spec', 'workloadRef', 'scaleDown'],
    text: 'The Deployment gives up a pod for each that the rollout has ready; it stays, with none, and goes on saying what the pods are.',
  };
  return {
    object,
    comments: mode === 'workload-ref' ? [...ofStrategy, scaleDown] : ofStrategy,
  };
}

/**
 * Manifests that take a Deployment over: a Rollout with a strategy, and the
 * services, route and analysis that it needs. Its pods stay as they are. By
 * `workload-ref` the Deployment's own manifest stays as well; `in-place` it is
 * replaced, and is to be removed from the cluster once the rollout is healthy.
 *
 * @throws DescriptionError that names the fields
 * @public
 */
export function convertDeployment(
  value: unknown,
  strategy: ConversionDescription,
  mode: ConversionMode,
): GeneratedRollout {
  const deployment = asDeployment(value);
  const { metadata, spec } = deployment;
  const { matchLabels = {} } = spec.selector;
  const description: RolloutDescription = {
    ...strategy,
    name: metadata.name,
    image: ANY_IMAGE,
    namespace: metadata.namespace,
    // An autoscaler, or somebody, has it at 0: the weights are for some pods.
    replicas: spec.replicas || 1,
  };
  const problems = descriptionProblems(description);
  if (problems.length) throw new DescriptionError(problems);
  const of = completeDescription(description);
  const templates = analysisTemplates(of);
  return assembleFiles([
    [
      'services.yaml',
      serviceObjects(of, {
        selector: matchLabels,
        targetPort: portOf(deployment),
      }),
    ],
    ['route.yaml', routeObjects(of)],
    ['analysis.yaml', Object.values(templates)],
    [
      'rollout.yaml',
      [convertedRollout(deployment, rolloutObject(of, templates), mode)],
    ],
  ]);
}
