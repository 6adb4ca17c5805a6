import type {
  Container,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FieldPath } from '../../read/fieldPath';
import type { LintObject } from '../../read/lintObject';
import type { RuleFacts } from '../../rule';
import type { RolloutScene } from '../../scene/rolloutScene';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

interface Probe {
  initialDelaySeconds?: number;
  periodSeconds?: number;
  failureThreshold?: number;
  successThreshold?: number;
}

type KnownContainer = Container & {
  ports?: { name?: string; containerPort?: number }[];
  readinessProbe?: Probe;
  startupProbe?: Probe;
  resources?: { requests?: Record<string, unknown> };
  restartPolicy?: string;
};

interface ContainerScene {
  object: LintObject;
  path: FieldPath;
  container: KnownContainer;
}

/** Containers that serve: those of the template, without those that only prepare. */
export function containersOf({ pods }: RolloutScene): ContainerScene[] {
  const { containers = [] } = pods?.template.spec ?? {};
  return containers.map((container, i) => ({
    object: pods?.object as LintObject,
    path: [...(pods?.path ?? []), 'spec', 'containers', i],
    container: container as KnownContainer,
  }));
}

/** A rule that looks at one container at a time. */
function perContainer(
  facts: RuleFacts,
  check: (
    container: KnownContainer,
    rollout: RolloutScene,
  ) => { path: FieldPath; message: string } | undefined,
) {
  return perRollout(facts, function* reports(rollout) {
    for (const { object, path, container } of containersOf(rollout)) {
      const found = check(container, rollout);
      if (!found) continue;
      yield {
        object,
        path: [...path, ...found.path],
        message: found.message,
      };
    }
  });
}

export const missingReadinessProbe = perContainer(
  {
    id: 'missing-readiness-probe',
    severity: 'warning',
    title: 'A container says when it is ready',
    explanation:
      'Without a readiness probe a pod counts as available as soon as its process runs: the step goes on, and users reach it, before it can answer. A version that never answers is promoted.',
    fix: 'Add a readinessProbe to each container that serves requests.',
    source: SOURCES.probes,
  },
  ({ name, ports = [], readinessProbe }, { pods }) => {
    const only = pods?.template.spec.containers.length === 1;
    if (readinessProbe || !(ports.length || only)) return undefined;
    return {
      path: ['name'],
      message: `Container ${name} has no readiness probe.`,
    };
  },
);

export const resourcesMissing = perContainer(
  {
    id: 'resources-missing',
    severity: 'info',
    title: 'A container asks for what it needs',
    explanation:
      'A canary doubles pods for a while. Without requests the scheduler packs them anywhere, and old and new version are measured under different load.',
    fix: 'Set resources.requests for cpu and memory.',
    source: SOURCES.resources,
  },
  ({ name, resources }) => {
    const { requests = {} } = resources ?? {};
    const lacks = ['cpu', 'memory'].filter(
      each => requests[each] === undefined,
    );
    return lacks.length
      ? {
          path: ['name'],
          message: `Container ${name} asks for no ${lacks.join(' and no ')}.`,
        }
      : undefined;
  },
);

/** The tag, or that there is a digest: `registry:5000/a/b:1.2`. */
function tagOf(image: string): string | undefined {
  if (image.includes('@')) return 'digest';
  const last = image.slice(image.lastIndexOf('/') + 1);
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : undefined;
}

export const imageLatest = perContainer(
  {
    id: 'image-tag-moves',
    severity: 'warning',
    title: 'An image is one that stays the same',
    explanation:
      'With the tag latest, or none, stable and canary run whatever was there when their pods started: an update does not change the manifest, so no rollout begins, and going back goes nowhere.',
    fix: 'Name a version, or better a digest.',
    source: SOURCES.images,
  },
  ({ name, image = '' }) => {
    const tag = tagOf(image);
    if (!image || (tag !== undefined && tag !== 'latest')) return undefined;
    return {
      path: ['image'],
      message: `Container ${name} runs ${image}, ${tag ? 'whose tag moves' : 'without a tag'}.`,
    };
  },
);

/** Seconds until a probe may first say yes, at the latest that it tolerates. */
const longest = (probe: Probe | undefined) =>
  probe
    ? (probe.initialDelaySeconds ?? 0) +
      (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)
    : 0;

/** Source: specification, progressDeadlineSeconds. */
const DEFAULT_DEADLINE = 600;

export const deadlineShort = perRollout(
  {
    id: 'progress-deadline-short',
    severity: 'warning',
    title: 'The progress deadline leaves pods time to start',
    explanation:
      'A rollout whose pods take longer than progressDeadlineSeconds becomes Degraded (with progressDeadlineAbort it is aborted) although nothing is wrong.',
    fix: 'Raise progressDeadlineSeconds above startup, first readiness and minReadySeconds together.',
    source: SOURCES.specification,
  },
  function* check(rollout) {
    const { progressDeadlineSeconds = DEFAULT_DEADLINE, minReadySeconds = 0 } =
      rollout.rollout.spec;
    const starts = containersOf(rollout).map(
      ({ container: { startupProbe, readinessProbe } }) =>
        longest(startupProbe) + (readinessProbe?.initialDelaySeconds ?? 0),
    );
    const needed = Math.max(0, ...starts) + minReadySeconds;
    if (!needed || needed < progressDeadlineSeconds) return;
    yield {
      path: ['spec', 'progressDeadlineSeconds'],
      message: `Pods may take ${needed} s to be available, and the deadline is ${progressDeadlineSeconds} s.`,
    };
  },
);

export const abruptStop = perContainer(
  {
    id: 'no-graceful-stop',
    severity: 'info',
    title: 'A pod that is stopped finishes its requests',
    explanation:
      'Every step of a rollout stops pods. Load balancers go on sending requests for some seconds after that; a process that ends at once fails them, and the analysis counts them.',
    fix: 'Add a preStop sleep of some seconds, or let the process drain on SIGTERM and suppress this.',
    source: SOURCES.services,
  },
  ({ name, ports = [], lifecycle }, { isRouted }) =>
    isRouted && ports.length && lifecycle === undefined
      ? {
          path: ['name'],
          message: `Container ${name} has no preStop hook.`,
        }
      : undefined,
);

/** Labels of a pod template, whoever's it is. */
export function templateLabels(value: KubeObject): Record<string, string> {
  const { spec } = value as {
    spec?: { template?: { metadata?: { labels?: Record<string, string> } } };
  };
  return spec?.template?.metadata?.labels ?? {};
}
